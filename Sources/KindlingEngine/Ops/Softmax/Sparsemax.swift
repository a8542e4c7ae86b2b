// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The nearest point to x whose numbers are not negative and sum to one: a softmax with true zeros.
    ///
    /// max(0, x − τ) along an axis, where τ makes the sum one (Martins and Astudillo 2016, algorithm 1). The gradient
    /// flows among the numbers that are not 0.
    ///
    /// Output: the input's shape and type. Refuses axes that do not exist, and integers.
    ///
    ///     Tensor([0.0, 0.1, 2.0]).sparsemax()         // 0, 0, 1
    public func sparsemax(over axis: Int = -1) -> Tensor {
        if value.isPlaceholder { return self }
        guard let resolved = shape.axis(axis) else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "sparsemax", "axis \(axis) does not exist in shape \(shape)"), spec)
        }
        guard dtype.isFloatingPoint else {
            return .failed(
                TensorError(
                    .dtypeMismatch, operation: "sparsemax", "\(dtype.name) is not a floating-point type",
                    remedy: "convert it: converted(to: .float32)"), spec)
        }
        if elementCount == 0 { return self }
        let mask = noGrad { detached().support(along: resolved) }
        let excess = (self * mask).sum(over: resolved, keepDims: true) - 1
        return (self - excess / mask.sum(over: resolved, keepDims: true)) * mask
    }

    /// 1 where the result of sparsemax is not 0, else 0.
    private func support(along axis: Int) -> Tensor {
        // Counting in half precision would go wrong from a few thousand numbers on.
        let real = dtype == .float64 ? self : converted(to: .float32)
        let shifted = real - real.max(over: axis, keepDims: true)
        let values = shifted.sorted(along: axis, descending: true).values
        let trailing = [Int](repeating: 1, count: rank - axis - 1)
        let ranks = (Tensor.indices(shape[axis], on: device) + 1).converted(to: real.dtype)
            .reshaped(to: Shape([shape[axis]] + trailing))
        let isIn = (values * ranks + 1) .> values.cumulativeSum(along: axis)
        let first = isIn.converted(to: real.dtype)
        let excess = (values * first).sum(over: axis, keepDims: true) - 1
        return (shifted .> excess / first.sum(over: axis, keepDims: true)).converted(to: dtype)
    }
}
