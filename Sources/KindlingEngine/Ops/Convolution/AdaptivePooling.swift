// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Means of windows chosen so that a picture of the size given comes out, whatever came in.
    ///
    /// Window i of m along an axis of n elements is ⌊i · n / m⌋ ..< ⌈(i + 1) · n / m⌉, as PyTorch's. Refuses integers,
    /// inputs without spatial axes or elements along them, and sizes below 1.
    ///
    ///     let y = x.adaptiveAveragePooled(to: [7])       // [N, C, H, W] → [N, C, 7, 7]
    /// - Parameter size: One number for all spatial axes or one for each.
    public func adaptiveAveragePooled(to size: [Int]) -> Tensor {
        adaptivelyPooled("adaptiveAveragePooled", size) { tensor, axis, windows in
            // A product with the matrix that has 1 / length within each window.
            let count = tensor.shape[axis]
            var weights = [Double](repeating: 0, count: windows.count * count)
            for (row, window) in windows.enumerated() {
                for column in window { weights[row * count + column] = 1 / Double(window.count) }
            }
            let matrix = Tensor.rounded(weights, shape: [windows.count, count], tensor.dtype, tensor.device)
            // Pooling keeps its input's type under a precision policy, too.
            return PrecisionScope.suspended { tensor.transposed(axis, -1).matmul(matrix.transposed()) }
                .transposed(axis, -1)
        }
    }

    /// Largest elements of windows chosen so that a picture of the size given comes out, whatever came in.
    ///
    /// Windows and refusals are those of ``adaptiveAveragePooled(to:)``. Equal ones share the gradient.
    ///
    ///     let y = x.adaptiveMaxPooled(to: [7])           // [N, C, H, W] → [N, C, 7, 7]
    /// - Parameter size: One number for all spatial axes or one for each.
    public func adaptiveMaxPooled(to size: [Int]) -> Tensor {
        adaptivelyPooled("adaptiveMaxPooled", size) { tensor, axis, windows in
            // Windows of one length: shorter ones repeat their last element, which changes no maximum.
            let longest = windows.map(\.count).max() ?? 1
            let places = windows.flatMap { window in
                (0..<longest).map { window[Swift.min(window.lowerBound + $0, window.upperBound - 1)] }
            }
            let indices = Tensor(places, shape: [windows.count, longest], on: tensor.device)
            return tensor.transposed(0, axis).gathered(at: indices).max(over: 1).transposed(0, axis)
        }
    }

    /// One axis after the other: means over boxes, and largest elements of boxes, fall apart so.
    private func adaptivelyPooled(
        _ operation: String, _ size: [Int], _ body: (Tensor, Int, [Range<Int>]) -> Tensor
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkSpatial(operation)
            let sizes = try spatialSizes(size, operation)
            var result = self
            for (place, count) in sizes.enumerated() where count != result.shape[place + 2] {
                let whole = result.shape[place + 2]
                // Windows are written down on the host, one row for each.
                guard count &* whole <= 1 << 28 else {
                    throw TensorError(
                        .invalidValue, operation: operation, "\(whole) elements are too many for \(count) windows",
                        remedy: "pool in two steps, the first one with averagePooled(size:) or maxPooled(size:)")
                }
                let windows = (0..<count).map { $0 * whole / count..<(($0 + 1) * whole + count - 1) / count }
                result = body(result, place + 2, windows)
            }
            return result
        } catch { return .failed(error, spec) }
    }

    /// A size for each spatial axis, from one for all or one for each.
    func spatialSizes(_ size: [Int], _ operation: String) throws(TensorError) -> [Int] {
        let spatial = rank - 2
        guard size.count == 1 || size.count == spatial, size.allSatisfy({ $0 >= 1 && $0 <= 1 << 24 }) else {
            throw TensorError(
                .invalidValue, operation: operation, "a size of \(size) does not fit \(spatial) spatial axes",
                remedy: "give one number, or \(spatial), each at least 1")
        }
        guard (2..<rank).allSatisfy({ shape[$0] > 0 && shape[$0] <= Int(Int32.max) }) else {
            throw TensorError(
                .shapeMismatch, operation: operation, "an input of shape \(shape) has no elements to choose from",
                remedy: "give pictures with elements")
        }
        return size.count == 1 ? Array(repeating: size[0], count: spatial) : size
    }
}
