// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// How far pairs are from one direction, or from being a margin apart: PyTorch's `CosineEmbeddingLoss`.
///
/// 1 − cos(x, y) for pairs of target 1, max(0, cos(x, y) − m) for pairs of target −1. Two tensors `[…, D]`, targets `[…]`.
///
///     CosineEmbedding(margin: 0.2)(first, second, Tensor([1.0, -1.0]))
public struct CosineEmbedding: Sendable {
    /// m, between −1 and 1.
    public let margin: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; a margin out of range is refused when it is computed.
    public init(margin: Double = 0, reduction: LossReduction = .mean) {
        self.margin = margin
        self.reduction = reduction
    }

    /// The loss of a batch of pairs.
    public func callAsFunction(_ first: Tensor, _ second: Tensor, _ targets: Tensor) -> Tensor {
        first.cosineEmbeddingLoss(second, targets, margin: margin, reduction: reduction)
    }
}
