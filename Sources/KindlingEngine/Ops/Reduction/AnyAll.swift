// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// How many elements are not 0 over axes, all when none are named; int64.
    ///
    /// NaN is not 0. No gradient flows. An axis that does not exist or is named twice is an error.
    ///
    ///     Tensor([0, 3, 1]).countNonZero()     // 2
    public func countNonZero(over axes: Int..., keepDims: Bool = false) -> Tensor {
        converted(to: .bool).reduced("countNonZero", .sum, over: axes, keepDims: keepDims)
    }

    /// Whether any element over axes, all when none are named, is not 0; bool.
    ///
    /// False over no elements. NaN is not 0. An axis that does not exist or is named twice is an error.
    ///
    ///     (x .> 3).any(over: 0)                // [3, 4] → [4]
    public func any(over axes: Int..., keepDims: Bool = false) -> Tensor {
        converted(to: .bool).reduced("any", .sum, over: axes, keepDims: keepDims).converted(to: .bool)
    }

    /// Whether all elements over axes, all when none are named, are not 0; bool.
    ///
    /// True over no elements. NaN is not 0. An axis that does not exist or is named twice is an error.
    ///
    ///     (x .> 3).all(over: 0)                // [3, 4] → [4]
    public func all(over axes: Int..., keepDims: Bool = false) -> Tensor {
        // Zeros are counted, so that a sum that wraps is no matter and empty axes need no case.
        .!((.!converted(to: .bool)).reduced("all", .sum, over: axes, keepDims: keepDims))
    }
}
