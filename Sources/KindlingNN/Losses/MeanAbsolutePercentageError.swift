// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of |x − y| / |y| in percent (Keras' `MeanAbsolutePercentageError`).
///
/// 100 · |x − y| / max(|y|, 10⁻⁷). Outputs and targets must have one shape; targets near 0 weigh without bound.
///
///     MeanAbsolutePercentageError()(Tensor([9.0]), Tensor([10.0]))     // 10
public struct MeanAbsolutePercentageError: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.absolutePercentageError(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "MeanAbsolutePercentageError", "The mean distance in percent of the target.",
        LossReduction.field
    ) { reduction in MeanAbsolutePercentageError(reduction: try reduction.oneNumber()) }
}

extension Tensor {
    /// 100 · |x − y| / max(|y|, 10⁻⁷).
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and predictions of whole
    ///   numbers.
    public func absolutePercentageError(_ targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("absolutePercentageError", targets, reduction) { targets in
            (self - targets).abs() / targets.abs().maximum(1e-7) * 100.0
        }
    }
}
