// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The mean over axes, all when none are named; float32 for integers.
    ///
    /// NaN over no elements.
    ///
    ///     Tensor([[1.0, 5.0], [7.0, 3.0]]).mean(over: 1)      // [3, 5]
    public func mean(over axes: Int..., keepDims: Bool = false) -> Tensor { mean(over: axes, keepDims: keepDims) }

    func mean(over axes: [Int], keepDims: Bool) -> Tensor {
        let real = dtype.isFloatingPoint ? self : converted(to: .float32)
        return real.reduced("mean", .sum, over: axes, keepDims: keepDims, mean: true)
    }
}
