// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How much is added around a picture, said by what comes out.
public enum ConvolutionPadding: Sendable, Hashable {
    /// Nothing: windows lie within the picture.
    case valid
    /// So many zeros that ⌈n / stride⌉ windows fit along an axis of n elements; an odd one goes behind, as in
    /// PyTorch and Keras.
    case same
}

extension Tensor {
    /// A convolution (cross-correlation) whose padding follows from what shall come out.
    ///
    /// With `.same` and stride 1 the picture keeps its size. Shapes, types and refusals are those of
    /// ``convolved(weight:bias:stride:padding:dilation:groups:)``.
    ///
    ///     let y = x.convolved(weight: weight, bias: bias, padding: .same)
    /// - Parameters:
    ///   - weight: `[O, C / groups, window…]`.
    ///   - bias: `[O]`, or nil.
    ///   - stride: From one window to the next, for each spatial axis; one number counts for all.
    ///   - padding: `.valid` or `.same`.
    ///   - dilation: From one element of a window to the next.
    ///   - groups: Into how many independent parts the channels fall.
    public func convolved(
        weight: Tensor, bias: Tensor? = nil, stride: [Int] = [1], padding: ConvolutionPadding, dilation: [Int] = [1],
        groups: Int = 1
    ) -> Tensor {
        if value.isPlaceholder { return self }
        guard padding == .same else {
            return convolved(weight: weight, bias: bias, stride: stride, dilation: dilation, groups: groups)
        }
        do throws(TensorError) {
            let window = try WindowGeometry.checked(
                "convolution", input: shape, size: Array(weight.shape.dimensions.dropFirst(2)), stride: stride,
                before: [0], after: [0], dilation: dilation)
            var (before, after): ([Int], [Int]) = ([], [])
            for axis in 0..<window.rank {
                let (count, step) = (shape[axis + 2], Int(window.stride[axis]))
                guard count > 0 else {
                    throw TensorError(
                        .shapeMismatch, operation: "convolution", "shape \(shape) has a spatial axis without elements",
                        remedy: "give pictures of at least one element")
                }
                let span = Int(window.dilation[axis]) * (Int(window.size[axis]) - 1) + 1
                // (⌈n / s⌉ − 1) · s is the place of the last window, at most n − 1.
                let total = Swift.max(0, Swift.max(0, (count - 1) / step * step) + span - count)
                before.append(total / 2)
                after.append(total - total / 2)
            }
            return convolved(
                weight: weight, bias: bias, stride: stride, before: before, after: after, dilation: dilation,
                groups: groups)
        } catch { return .failed(error, spec) }
    }
}
