// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Half the square of small differences and a line beyond δ, with slope δ (Huber 1964).
///
/// (x − y)² / 2 where |x − y| < δ, else δ (|x − y| − δ / 2). Outputs and targets must have one shape.
///
///     Huber(delta: 2)(outputs, targets)
public struct Huber: Loss {
    /// δ, where the parabola ends, above 0.
    public let delta: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(delta: Double = 1, reduction: LossReduction = .mean) {
        self.delta = delta
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.huberLoss(targets, delta: delta, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "Huber", "Squares of small differences, lines for large ones.",
        Field("delta", default: 1.0, in: .positive, "Where the parabola ends."),
        LossReduction.field
    ) { delta, reduction in Huber(delta: delta, reduction: try reduction.oneNumber()) }
}
