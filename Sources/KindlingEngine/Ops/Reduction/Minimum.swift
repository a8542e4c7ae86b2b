// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The smallest element over axes, all when none are named; NaN when any is.
    ///
    /// Equal ones share the gradient.
    ///
    ///     Tensor([[1.0, 5.0], [7.0, 2.0]]).min(over: 1)      // [1, 2]
    public func min(over axes: Int..., keepDims: Bool = false) -> Tensor {
        reduced("min", .minimum, over: axes, keepDims: keepDims)
    }

    /// The place of the first smallest element along an axis, int64.
    ///
    /// No gradient flows.
    ///
    ///     Tensor([[1.0, 5.0], [7.0, 2.0]]).argmin(over: 1)      // [0, 1]
    public func argmin(over axis: Int, keepDims: Bool = false) -> Tensor {
        reduced("argmin", .argumentOfMinimum, over: [axis], keepDims: keepDims)
    }
}
