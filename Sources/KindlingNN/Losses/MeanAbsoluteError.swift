// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of |output − target| over all elements: PyTorch's `L1Loss`.
///
/// Outputs and targets must have one shape.
///
///     MeanAbsoluteError()(Tensor([1.0, 3.0]), Tensor([1.0, 1.0]))     // 1
public struct MeanAbsoluteError: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.l1Loss(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "MeanAbsoluteError", "The mean distance between outputs and targets.",
        LossReduction.field
    ) { reduction in MeanAbsoluteError(reduction: try reduction.oneNumber()) }
}
