// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The number below which a share of the elements along an axis lies, between elements by a straight line.
    ///
    ///     Tensor([1.0, 2.0, 3.0, 10.0]).quantile(0.5, over: 0)      // 2.5
    ///
    /// With the n elements in order and q (n − 1) = i + f, it is x_i + f (x_{i+1} − x_i), as PyTorch's and NumPy's. NaN
    /// where one is among them. The gradient flows to the two. Output: the shape without the axis. Refuses integers, a
    /// share outside 0 … 1, and an axis that does not exist or is empty.
    /// - Parameters:
    ///   - share: q, 0 for the smallest, 1 for the largest.
    ///   - axis: Along which the elements are ordered.
    ///   - keepDims: Whether the axis stays, with size 1.
    public func quantile(_ share: Double, over axis: Int, keepDims: Bool = false) -> Tensor {
        noting { () throws(TensorError) in
            let axis = try resolved(axis: axis, "quantile")
            try requireReal("quantile", "elements")
            try requireNumber(share, "quantile", "a share", "within 0 ... 1") { (0...1).contains($0) }
            try requireElements(along: axis, "quantile")
            let place = share * Double(shape[axis] - 1)
            let low = Swift.min(Int(place), shape[axis] - 1)
            let high = Swift.min(low + 1, shape[axis] - 1)
            let ordered = ordered("quantile", axis: axis, count: high + 1, descending: false).values
            let (below, above) = (
                ordered.sliced(low..<low + 1, along: axis), ordered.sliced(high..<high + 1, along: axis)
            )
            let fraction = place - Double(low)
            let between = fraction == 0 ? below : below + (above - below) * fraction
            let unordered = detached().isNaN().any(over: axis, keepDims: true)
            let result = Tensor.full([], .nan, dtype: dtype, on: device).selected(where: unordered, else: between)
            return keepDims ? result : result.reshaped(to: shape.removing(axis: axis))
        }
    }
}
