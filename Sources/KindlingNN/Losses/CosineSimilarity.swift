// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Minus the cosine between outputs and targets along the last axis, −1 for one direction (Keras' `CosineSimilarity`).
///
/// −x · y / (‖x‖ ‖y‖). Outputs and targets must have one shape `[…, D]`.
///
///     CosineSimilarity()(Tensor([[2.0, 0.0]]), Tensor([[1.0, 0.0]]))     // −1
public struct CosineSimilarity: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.requiring(shapeOf: targets, "cosineSimilarity") {
            (-outputs.cosineSimilarity(to: targets.converted(to: outputs.dtype))).reduced(by: reduction)
        }
    }

    static let component = Component<any Loss>(
        "CosineSimilarity", "Minus the cosine between outputs and targets.",
        LossReduction.field
    ) { reduction in CosineSimilarity(reduction: try reduction.oneNumber()) }
}
