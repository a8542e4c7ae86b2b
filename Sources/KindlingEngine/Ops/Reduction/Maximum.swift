// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest element over axes, all when none are named; NaN when any is.
    ///
    /// Equal ones share the gradient.
    ///
    ///     Tensor([[1.0, 5.0], [7.0, 2.0]]).max(over: 1)      // [5, 7]
    public func max(over axes: Int..., keepDims: Bool = false) -> Tensor {
        reduced("max", .maximum, over: axes, keepDims: keepDims)
    }

    /// The place of the first largest element along an axis, int64.
    ///
    /// No gradient flows.
    ///
    ///     Tensor([[1.0, 5.0], [7.0, 2.0]]).argmax(over: 1)      // [1, 0]
    public func argmax(over axis: Int, keepDims: Bool = false) -> Tensor {
        reduced("argmax", .argumentOfMaximum, over: [axis], keepDims: keepDims)
    }
}
