// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A transposed convolution over 1 to 3 spatial axes: `[N, C, spatial…]` → `[N, O, spatial…]` (Zeiler 2010).
    ///
    /// What a convolution with this weight would send back to its input: each element lays a window, weighted by
    /// itself, into the result. Along an axis of n elements come out
    /// (n − 1) · stride − 2 · padding + dilation · (k − 1) + outputPadding + 1. Refuses mixed types, a weight that
    /// does not fit, and sizes that leave nothing.
    ///
    ///     let y = x.convolvedTransposed(weight: weight, stride: [2])     // pictures of twice the size
    /// - Parameters:
    ///   - weight: `[C, O / groups, window…]`.
    ///   - bias: `[O]`, or nil.
    ///   - stride: From one window to the next, for each spatial axis; one number counts for all.
    ///   - padding: Elements taken away on both sides of each spatial axis of the result.
    ///   - outputPadding: Elements more behind the result, fewer than the stride or the dilation.
    ///   - dilation: From one element of a window to the next.
    ///   - groups: Into how many independent parts the channels fall.
    public func convolvedTransposed(
        weight: Tensor, bias: Tensor? = nil, stride: [Int] = [1], padding: [Int] = [0], outputPadding: [Int] = [0],
        dilation: [Int] = [1], groups: Int = 1
    ) -> Tensor {
        if value.isPlaceholder { return self }
        let (x, weight) = (prepared(for: operation), weight.prepared(for: operation))
        let bias = bias?.prepared(for: operation)
        do throws(TensorError) {
            let plain = try WindowGeometry.checked(
                operation, input: shape, size: Array(weight.shape.dimensions.dropFirst(2)), stride: stride,
                before: padding, after: padding, dilation: dilation)
            try x.checkTransposed(weight, bias, groups)
            let wanted = try transposedShape(plain, outputPadding, channels: weight.shape[1] * groups)
            // A convolution back would take more windows of what grows by a stride or more: what is added takes from
            // the padding first, and lies beyond all windows where that is used up.
            let more = (0..<plain.rank).map { outputPadding.count == 1 ? outputPadding[0] : outputPadding[$0] }
            let isWide = (0..<plain.rank).map { more[$0] >= Int(plain.stride[$0]) }
            var after = plain.paddingAfter
            var target = wanted
            for axis in 0..<plain.rank where isWide[axis] {
                after[axis] = Swift.max(0, plain.paddingAfter[axis] - Int32(more[axis]))
                target[axis + 2] -= Swift.max(0, more[axis] - Int(plain.paddingAfter[axis]))
            }
            let window = WindowGeometry(
                rank: plain.rank, size: plain.size, stride: plain.stride, dilation: plain.dilation,
                paddingBefore: plain.paddingBefore, paddingAfter: after)
            let op = ConvolutionInputGradient(window: window, groups: groups, target: target, name: operation)
            var result = dispatch(op, [x, weight])
            if target != wanted, !result.isPlaceholder {
                result = result.padded((0..<plain.rank).map { (0, wanted[$0 + 2] - target[$0 + 2]) })
            }
            guard let bias, result.rank == rank else { return result }
            return result + bias.reshaped(to: result.channelShape)
        } catch { return .failed(error, spec) }
    }

    private func checkTransposed(_ weight: Tensor, _ bias: Tensor?, _ groups: Int) throws(TensorError) {
        let channels = shape[1]
        guard channels > 0, groups > 0, groups <= channels, channels % groups == 0 else {
            throw TensorError(
                .invalidValue, operation: operation, "\(channels) channels do not fall into \(groups) groups",
                remedy: "use a number of groups that divides the input's channels")
        }
        guard weight.rank == rank, weight.shape[0] == channels, weight.shape[1] > 0 else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "an input of shape \(shape) does not fit a weight of shape \(weight.shape)",
                remedy: "give a weight [\(channels), O / groups, window…]")
        }
        if let bias, bias.shape != [weight.shape[1] * groups] {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "a bias of shape \(bias.shape) does not fit \(weight.shape[1] * groups) output channels")
        }
        for tensor in [self, weight] + (bias.map { [$0] } ?? [])
        where tensor.dtype != dtype || !dtype.isFloatingPoint {
            throw TensorError(
                .dtypeMismatch, operation: operation,
                "types \(dtype.name) and \(tensor.dtype.name): "
                    + "input, weight and bias must share one floating-point type")
        }
    }

    private func transposedShape(
        _ window: WindowGeometry, _ extra: [Int], channels: Int
    ) throws(TensorError) -> Shape {
        guard extra.count == 1 || extra.count == window.rank,
            (0..<window.rank).allSatisfy({
                let more = extra.count == 1 ? extra[0] : extra[$0]
                return more >= 0 && more < Int(Swift.max(window.stride[$0], window.dilation[$0]))
            })
        else {
            throw TensorError(
                .invalidValue, operation: operation, "an output padding of \(extra) fits neither stride nor dilation",
                remedy:
                    "give one number, or \(window.rank), each at least 0 and smaller than the stride or the dilation")
        }
        var target = shape
        target[1] = channels
        for axis in 0..<window.rank {
            let span = Int(window.dilation[axis]) * (Int(window.size[axis]) - 1)
            let (places, overflow) = (shape[axis + 2] - 1).multipliedReportingOverflow(by: Int(window.stride[axis]))
            let more = extra.count == 1 ? extra[0] : extra[axis]
            let size = places &+ span &+ more &+ 1 &- Int(window.paddingBefore[axis]) &- Int(window.paddingAfter[axis])
            guard !overflow, shape[axis + 2] > 0, size > 0, size <= Int(Int32.max) else {
                throw TensorError(
                    .shapeMismatch, operation: operation,
                    "an axis of \(shape[axis + 2]) elements would become one of \(overflow ? .max : size)",
                    remedy: "use less padding, or a picture with elements")
            }
            target[axis + 2] = size
        }
        return target
    }
}

private let operation = "transposed convolution"
