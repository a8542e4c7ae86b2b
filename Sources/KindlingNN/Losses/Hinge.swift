// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// max(0, m − y · x) for targets y of −1 and 1: the loss of support vector machines (Cortes and Vapnik 1995).
///
/// Outputs are scores of any size, of the targets' shape.
///
///     Hinge()(Tensor([0.3, -2]), Tensor([1.0, -1.0]))     // 0.35
public struct Hinge: Loss {
    /// m, how far on the right side a score has no loss.
    public let margin: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(margin: Double = 1, reduction: LossReduction = .mean) {
        self.margin = margin
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.hingeLoss(targets, margin: margin, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "Hinge", "How far scores are from the right side of a margin, for targets of -1 and 1.",
        Field("margin", default: 1.0, "How far on the right side a score has no loss."),
        LossReduction.field
    ) { margin, reduction in Hinge(margin: margin, reduction: try reduction.oneNumber()) }
}
