// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far pairs are from one direction, or from being a margin apart: PyTorch's `CosineEmbeddingLoss`.
///
/// 1 − cos(x, y) for pairs of target 1, max(0, cos(x, y) − m) for pairs of target −1. Two tensors `[…, D]`, targets `[…]`.
///
///     CosineEmbedding(margin: 0.2)(first, second, Tensor([1.0, -1.0]))
///
/// As a ``Loss``, and in recipes, it takes pairs of vectors `[N, 2, D]` and `[N]` of 1 and −1.
public struct CosineEmbedding: Loss {
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

    /// The loss of a batch of pairs side by side.
    /// - Parameters:
    ///   - outputs: Vectors `[N, 2, D]`.
    ///   - targets: `[N]`: 1 for pairs that belong together, −1 for others.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        .composed([outputs, targets]) { () throws(TensorError) in
            let pair = try outputs.members(2, rank: 3, "CosineEmbedding", "vectors [N, 2, D]")
            return self(pair[0], pair[1], targets)
        }
    }

    static let component = Component<any Loss>(
        "CosineEmbedding",
        "How far pairs of vectors [N, 2, D] are from one direction, or from a margin; targets 1, -1.",
        Field("margin", default: 0.0, in: marginRange, "The cosine that pairs of target -1 may have."),
        LossReduction.field
    ) { margin, reduction in CosineEmbedding(margin: margin, reduction: try reduction.oneNumber()) }

    private static let marginRange = FieldRange(low: -1, high: 1, includesLow: true, includesHigh: true)
}
