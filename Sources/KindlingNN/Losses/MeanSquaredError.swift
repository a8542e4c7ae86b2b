// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of (output − target)² over all elements: PyTorch's `MSELoss`.
///
/// Outputs and targets must have one shape.
///
///     MeanSquaredError()(Tensor([1.0, 3.0]), Tensor([1.0, 1.0]))     // 2
public struct MeanSquaredError: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// The loss.
    public init(reduction: LossReduction = .mean) { self.reduction = reduction }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.meanSquaredError(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "MeanSquaredError", "The mean squared difference between outputs and targets.",
        LossReduction.field
    ) { reduction in MeanSquaredError(reduction: try reduction.oneNumber()) }
}

/// The mean of (output − target)² over all elements; shape [].
///
/// Shapes must be equal: a loss that broadcast `[N, 1]` against `[N]` would be wrong without anybody noticing.
public func meanSquaredError(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
    outputs.requiring(shapeOf: targets, "meanSquaredError") { (outputs - targets).squared().mean() }
}
