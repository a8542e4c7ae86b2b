// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// How far the first of two scores is from outranking the second by a margin: PyTorch's `MarginRankingLoss`.
///
/// max(0, m − y · (a − b)); y is 1 where the first shall lead, −1 where the second shall. Three tensors of one shape.
///
///     MarginRanking(margin: 0.1)(Tensor([0.3]), Tensor([0.5]), Tensor([1.0]))     // 0.3
public struct MarginRanking: Sendable {
    /// m, any finite number.
    public let margin: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; a margin that is not finite is refused when it is computed.
    public init(margin: Double = 0, reduction: LossReduction = .mean) {
        self.margin = margin
        self.reduction = reduction
    }

    /// The loss of a batch of pairs.
    public func callAsFunction(_ first: Tensor, _ second: Tensor, _ targets: Tensor) -> Tensor {
        first.marginRankingLoss(second, targets, margin: margin, reduction: reduction)
    }
}
