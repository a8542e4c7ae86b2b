// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The variance over axes, all when none are named: Σ (x − mean)² / (n − correction).
    ///
    ///     Tensor([1.0, 2.0, 3.0]).variance()      // 1
    /// - Parameter correction: 1 (the default, as PyTorch) for the unbiased estimate, 0 for that of a whole population.
    public func variance(over axes: Int..., correction: Int = 1, keepDims: Bool = false) -> Tensor {
        variance(over: axes, correction: correction, keepDims: keepDims)
    }

    func variance(over axes: [Int], correction: Int, keepDims: Bool) -> Tensor {
        variance(
            around: mean(over: axes, keepDims: true), over: axes, correction: correction, keepDims: keepDims)
    }

    /// - Parameter mean: Over the same axes, which it keeps.
    func variance(around mean: Tensor, over axes: [Int], correction: Int, keepDims: Bool) -> Tensor {
        let centred = self - mean
        let biased = centred.squared().mean(over: axes, keepDims: keepDims)
        let count = Double(elementCount / Swift.max(1, biased.elementCount))
        return correction == 0 ? biased : biased * (count / Swift.max(0, count - Double(correction)))
    }
}
