// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// 1 − 2 Σ p y / (Σ p + Σ y) for each sample: how little a mask overlaps with its target (Milletari and others 2016).
///
/// The smoothing s is added above and below the line. Outputs are probabilities of the targets' shape `[N, …]`, or logits if
/// `fromLogits` is set; sums run over all axes but the first.
///
///     Dice(fromLogits: true)(model(images), masks)
public struct Dice: Loss {
    /// s, 0 or more; gives empty masks a loss of 0.
    public let smoothing: Double
    /// Whether outputs are logits, of which sigmoid is taken.
    public let fromLogits: Bool
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(smoothing: Double = 1, fromLogits: Bool = false, reduction: LossReduction = .mean) {
        self.smoothing = smoothing
        self.fromLogits = fromLogits
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        (fromLogits ? outputs.sigmoid() : outputs).diceLoss(targets, smoothing: smoothing, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "Dice", "How little masks overlap with their targets.",
        Field("smoothing", default: 1.0, in: .nonNegative, "Added above and below the line; empty masks have no loss."),
        Field("fromLogits", default: false, "Whether outputs are logits, of which sigmoid is taken."),
        LossReduction.field
    ) { smoothing, fromLogits, reduction in
        Dice(smoothing: smoothing, fromLogits: fromLogits, reduction: try reduction.oneNumber())
    }
}
