// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The element in the middle along an axis; the lower of the two when their number is even.
    ///
    /// NaN counts as larger than every number. The gradient flows to that element. Output: the input's shape without
    /// the axis. An axis that does not exist or has no elements is an error.
    ///
    ///     Tensor([3, 1, 2, 9]).median(over: 0)     // 2
    public func median(over axis: Int, keepDims: Bool = false) -> Tensor {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "median")
            guard !value.isPlaceholder else { return self }
            try requireElements(along: axis, "median")
            let middle = (shape[axis] - 1) / 2
            let lower = ordered("median", axis: axis, count: middle + 1, descending: false).values
            let kept = lower.sliced(middle..<middle + 1, along: axis)
            return keepDims ? kept : kept.reshaped(to: shape.removing(axis: axis))
        } catch { return .failed(error, spec) }
    }
}
