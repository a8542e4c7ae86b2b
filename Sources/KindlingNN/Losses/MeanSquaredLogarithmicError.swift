// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean squared difference of ln(1 + x) and ln(1 + y), for figures of many sizes (Keras' loss of this name).
///
/// Outputs and targets must have one shape; numbers below 10⁻⁷ count as that.
///
///     MeanSquaredLogarithmicError()(Tensor([9.0]), Tensor([99.0]))     // 5.30
public struct MeanSquaredLogarithmicError: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.squaredLogarithmicError(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "MeanSquaredLogarithmicError", "The mean squared difference of logarithms.",
        LossReduction.field
    ) { reduction in MeanSquaredLogarithmicError(reduction: try reduction.oneNumber()) }
}

extension Tensor {
    /// (ln(1 + max(x, 10⁻⁷)) − ln(1 + max(y, 10⁻⁷)))².
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and predictions of whole
    ///   numbers.
    public func squaredLogarithmicError(_ targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("squaredLogarithmicError", targets, reduction) { targets in
            (self.maximum(1e-7).log1p() - targets.maximum(1e-7).log1p()).squared()
        }
    }
}
