// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The binary cross-entropy of logits that counts elements the less, the surer they are (Lin and others 2017).
///
/// α_t · (1 − p_t)^γ · −ln p_t, where p_t is the probability of the right answer, and α_t is α for targets of 1 and 1 − α for
/// targets of 0. Outputs are logits, of the targets' shape; for one class of many there is `CategoricalFocal`.
///
///     Focal()(Tensor([0.5, -2]), Tensor([1.0, 0.0]))
public struct Focal: Loss {
    /// α, the weight of targets of 1, from 0 to 1; nil weighs all alike.
    public let alpha: Double?
    /// γ, how much less sure elements count, 0 or more.
    public let gamma: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(alpha: Double? = 0.25, gamma: Double = 2, reduction: LossReduction = .mean) {
        self.alpha = alpha
        self.gamma = gamma
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.focalLoss(targets, alpha: alpha, gamma: gamma, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "Focal", "Binary cross-entropy that counts sure elements less.",
        Field("alpha", default: 0.25 as Double?, in: .fraction, "The weight of targets of 1; null weighs all alike."),
        Field("gamma", default: 2.0, in: .nonNegative, "How much less sure elements count; 0 gives the cross-entropy."),
        LossReduction.field
    ) { alpha, gamma, reduction in Focal(alpha: alpha, gamma: gamma, reduction: try reduction.oneNumber()) }
}
