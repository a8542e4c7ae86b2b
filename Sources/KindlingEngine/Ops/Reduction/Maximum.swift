// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest element over axes, all when none are named; NaN when any is.
    ///
    /// Equal ones share the gradient.
    public func max(over axes: Int..., keepDims: Bool = false) -> Tensor {
        reduced("max", .maximum, over: axes, keepDims: keepDims)
    }

    /// The place of the first largest element along an axis, int64.
    ///
    /// No gradient flows.
    public func argmax(over axis: Int, keepDims: Bool = false) -> Tensor {
        reduced("argmax", .argumentOfMaximum, over: [axis], keepDims: keepDims)
    }
}
