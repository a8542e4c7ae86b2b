// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Half the square of small differences and the distance of large ones, with slope 1 beyond β (Girshick 2015).
///
/// (x − y)² / 2β where |x − y| < β, else |x − y| − β / 2. Outputs and targets must have one shape.
///
///     SmoothL1(beta: 0.5)(outputs, targets)
public struct SmoothL1: Loss {
    /// β, where the parabola ends, 0 or more; 0 gives the mean absolute error.
    public let beta: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(beta: Double = 1, reduction: LossReduction = .mean) {
        self.beta = beta
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.smoothL1Loss(targets, beta: beta, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "SmoothL1", "Squares of small differences, distances of large ones; slope 1.",
        Field("beta", default: 1.0, in: .nonNegative, "Where the parabola ends."),
        LossReduction.field
    ) { beta, reduction in SmoothL1(beta: beta, reduction: try reduction.oneNumber()) }
}
