// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The sum over axes, all when none are named.
    ///
    /// float16 and bfloat16 are summed in float32, integers in int64.
    ///
    ///     x.sum(over: 0)                  // [3, 4] → [4]
    ///     x.sum(over: -1, keepDims: true) // [3, 4] → [3, 1]
    public func sum(over axes: Int..., keepDims: Bool = false) -> Tensor {
        reduced("sum", .sum, over: axes, keepDims: keepDims)
    }
}
