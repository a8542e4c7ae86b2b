// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// max(0, m − y · x)² for targets y of −1 and 1: smooth where the hinge has its edge (Keras' `SquaredHinge`).
///
/// Outputs are scores of any size, of the targets' shape.
///
///     SquaredHinge()(Tensor([0.3, -2]), Tensor([1.0, -1.0]))     // 0.245
public struct SquaredHinge: Loss {
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
        outputs.hingeLoss(targets, margin: margin, reduction: .none).squared().reduced(by: reduction)
    }

    static let component = Component<any Loss>(
        "SquaredHinge", "The square of the hinge, for targets of -1 and 1.",
        Field("margin", default: 1.0, "How far on the right side a score has no loss."),
        LossReduction.field
    ) { margin, reduction in SquaredHinge(margin: margin, reduction: try reduction.oneNumber()) }
}
