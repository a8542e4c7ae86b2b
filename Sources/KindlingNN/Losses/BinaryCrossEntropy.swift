// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The cross-entropy between probabilities and targets that are probabilities too.
///
/// −(y · ln p + (1 − y) · ln(1 − p)), logarithms no lower than −100. Outputs are probabilities, of the targets' shape; for
/// logits there is `BinaryCrossEntropyWithLogits`, which is exact where this one is not.
///
///     BinaryCrossEntropy()(Tensor([0.9, 0.2]), Tensor([1.0, 0.0]))
public struct BinaryCrossEntropy: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.binaryCrossEntropy(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "BinaryCrossEntropy", "Cross-entropy between probabilities and targets in 0 ... 1.",
        LossReduction.field
    ) { reduction in BinaryCrossEntropy(reduction: try reduction.oneNumber()) }
}
