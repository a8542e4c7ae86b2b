// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// What each element along an axis has more than the one before: x_{i+1} − x_i.
    ///
    /// Repeated `order` times; each time the axis becomes shorter by 1. Any type but bool. Refuses an axis that does not
    /// exist, and an order below 0 or above the axis' size.
    ///
    ///     Tensor([1, 4, 9]).differences()      // [3, 5]
    public func differences(order: Int = 1, along axis: Int = -1) -> Tensor {
        noting { () throws(TensorError) in
            let axis = try resolved(axis: axis, "differences")
            guard dtype != .bool else {
                throw TensorError(
                    .dtypeMismatch, operation: "differences", "truth values have no differences",
                    remedy: "convert them: converted(to: .int64)")
            }
            guard order >= 0, order <= shape[axis], order <= 1 << 10 else {
                throw TensorError(
                    .invalidValue, operation: "differences",
                    "differences of order \(order) cannot be taken along axis \(axis) of shape \(shape)",
                    remedy: "give an order in 0 ... \(Swift.min(shape[axis], 1 << 10))")
            }
            return (0..<order).reduce(self) { x, _ in
                let count = x.shape[axis]
                return x.sliced(1..<count, along: axis) - x.sliced(0..<count - 1, along: axis)
            }
        }
    }

    /// The area under the straight lines between elements along an axis, of places a spacing apart.
    ///
    /// Σ (y_i + y_{i+1}) / 2 · spacing: the shape without the axis; 0 for fewer than two elements. float32 for integers.
    /// Refuses an axis that does not exist and a spacing that is not finite.
    ///
    ///     Tensor([0.0, 1.0, 4.0]).trapezoid()      // 3
    public func trapezoid(spacing: Double = 1, along axis: Int = -1) -> Tensor {
        noting { () throws(TensorError) in
            let axis = try resolved(axis: axis, "trapezoid")
            try requireNumber(spacing, "trapezoid", "a spacing", "a finite number") { $0.isFinite }
            let y = dtype.isFloatingPoint ? self : converted(to: .float32)
            let count = shape[axis]
            let pairs =
                count == 0
                ? y : y.sliced(1..<count, along: axis) + y.sliced(0..<count - 1, along: axis)
            return pairs.sum(over: axis) * (spacing / 2)
        }
    }
}
