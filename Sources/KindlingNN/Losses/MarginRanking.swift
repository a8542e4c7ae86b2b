// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far the first of two scores is from outranking the second by a margin: PyTorch's `MarginRankingLoss`.
///
/// max(0, m − y · (a − b)); y is 1 where the first shall lead, −1 where the second shall. Three tensors of one shape.
///
///     MarginRanking(margin: 0.1)(Tensor([0.3]), Tensor([0.5]), Tensor([1.0]))     // 0.3
///
/// As a ``Loss``, and in recipes, it takes pairs of scores `[N, 2]` and `[N]` of 1 and −1.
public struct MarginRanking: Loss {
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

    /// The loss of a batch of pairs side by side.
    /// - Parameters:
    ///   - outputs: Scores `[N, 2]`.
    ///   - targets: `[N]`: 1 where the first shall lead, −1 where the second shall.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        .composed([outputs, targets]) { () throws(TensorError) in
            let pair = try outputs.members(2, rank: 2, "MarginRanking", "scores [N, 2]")
            return self(pair[0], pair[1], targets)
        }
    }

    static let component = Component<any Loss>(
        "MarginRanking", "How far pairs of scores [N, 2] are from being in order by a margin; targets 1 and -1.",
        Field("margin", default: 0.0, "By how much one shall lead."), LossReduction.field
    ) { margin, reduction in
        guard margin.isFinite else { throw LayerError("margin", margin, must: "be finite") }
        return MarginRanking(margin: margin, reduction: try reduction.oneNumber())
    }
}
