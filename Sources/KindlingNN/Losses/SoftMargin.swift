// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// ln(1 + exp(−y · x)) for targets y of −1 and 1: the logistic loss, PyTorch's `SoftMarginLoss`.
///
/// Outputs are scores of any size, of the targets' shape; stable for all of them.
///
///     SoftMargin()(Tensor([0.3, -2]), Tensor([1.0, -1.0]))
public struct SoftMargin: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.softMarginLoss(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "SoftMargin", "The logistic loss, for targets of -1 and 1.",
        LossReduction.field
    ) { reduction in SoftMargin(reduction: try reduction.oneNumber()) }
}

extension Tensor {
    /// ln(1 + exp(−y · x)) for classes y of −1 and 1.
    /// - Parameters:
    ///   - targets: −1 or 1, of this tensor's shape, any type.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and scores of whole numbers.
    public func softMarginLoss(_ targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("softMarginLoss", targets, reduction) { (-(self * $0)).softplus() }
    }
}
