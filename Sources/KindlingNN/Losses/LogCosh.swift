// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The logarithm of the hyperbolic cosine of differences: squares near 0, distances far away (Keras' `LogCosh`).
///
/// ln cosh(x − y) = |x − y| + ln(1 + exp(−2 |x − y|)) − ln 2. Outputs and targets must have one shape.
///
///     LogCosh()(Tensor([0.0, 3.0]), Tensor([1.0, 1.0]))
public struct LogCosh: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.logCoshLoss(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "LogCosh", "The logarithm of the hyperbolic cosine of differences.",
        LossReduction.field
    ) { reduction in LogCosh(reduction: try reduction.oneNumber()) }
}

extension Tensor {
    /// ln cosh(x − y), stable for differences of any size.
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and predictions of whole
    ///   numbers.
    public func logCoshLoss(_ targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("logCoshLoss", targets, reduction) { targets in
            // Not by the distance: that has no gradient at 0, where this loss has one of 0 and a curve of 1.
            let difference = self - targets
            return difference + (difference * -2.0).softplus() - 0.6931471805599453
        }
    }
}
