// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// The loss of label sequences without known alignment (Graves and others 2006): PyTorch's `CTCLoss`.
///
/// Minus the logarithm of the probability of all paths that give the labels once repetitions and then blanks are dropped.
/// The mean divides each loss by the number of its labels first.
///
///     let loss = CTC(blank: 0, zeroInfinity: true)
///     loss(logits.logSoftmax(), labels, inputLengths: [50, 42], targetLengths: [7, 5])
public struct CTC: Sendable {
    /// The class that stands for no label.
    public let blank: Int
    /// Whether sequences too short for their labels have loss and gradient 0, not ∞.
    public let zeroInfinity: Bool
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; a blank that is no class is refused when it is computed.
    public init(blank: Int = 0, zeroInfinity: Bool = false, reduction: LossReduction = .mean) {
        self.blank = blank
        self.zeroInfinity = zeroInfinity
        self.reduction = reduction
    }

    /// The loss of a batch.
    /// - Parameters:
    ///   - logProbabilities: `[T, N, C]`.
    ///   - targets: Labels `[N, S]`, any integer type.
    ///   - inputLengths: How many steps of each sequence count.
    ///   - targetLengths: How many labels each sequence has.
    public func callAsFunction(
        _ logProbabilities: Tensor, _ targets: Tensor, inputLengths: [Int], targetLengths: [Int]
    ) -> Tensor {
        logProbabilities.ctcLoss(
            targets, inputLengths: inputLengths, targetLengths: targetLengths, blank: blank,
            zeroInfinity: zeroInfinity, reduction: reduction)
    }
}
