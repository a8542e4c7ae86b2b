// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The cross-entropy between sigmoid(x) and targets between 0 and 1, stable for logits of any size.
///
/// (1 − y) · x + (1 + (p − 1) y) · ln(1 + e⁻ˣ). Logits of the targets' shape.
///
///     BinaryCrossEntropyWithLogits(positiveWeight: [3])(logits, targets)      // ones are rare
public struct BinaryCrossEntropyWithLogits: Loss {
    /// p, what targets of 1 count for: one number, or one for each place of the last axis; nil for 1.
    public let positiveWeight: [Double]?
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(positiveWeight: [Double]? = nil, reduction: LossReduction = .mean) {
        self.positiveWeight = positiveWeight
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.binaryCrossEntropyWithLogits(
            targets, positiveWeight: positiveWeight?.weights(for: outputs), reduction: reduction)
    }

    static let component = Component<any Loss>(
        "BinaryCrossEntropyWithLogits", "Cross-entropy between sigmoid(logits) and targets in 0 ... 1.",
        Field(
            "positiveWeight", default: nil as [Double]?, in: .nonNegative,
            "What targets of 1 count for: one number, or one for each place of the last axis."),
        LossReduction.field
    ) { positiveWeight, reduction in
        BinaryCrossEntropyWithLogits(positiveWeight: positiveWeight, reduction: try reduction.oneNumber())
    }
}
