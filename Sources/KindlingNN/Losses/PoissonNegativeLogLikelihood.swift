// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Minus the log-likelihood of counts under Poisson distributions: PyTorch's `PoissonNLLLoss`.
///
/// exp(x) − y · x for outputs that are logarithms of rates, x − y · ln(x + ε) for rates; the full form adds Stirling's
/// y ln y − y + ½ ln(2π y) for y > 1. Outputs and targets must have one shape.
///
///     PoissonNegativeLogLikelihood()(Tensor([0.5]), Tensor([2.0]))
public struct PoissonNegativeLogLikelihood: Loss {
    /// Whether outputs are logarithms of rates.
    public let logInput: Bool
    /// Whether Stirling's term is added.
    public let full: Bool
    /// ε, above 0; used for rates only.
    public let epsilon: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(logInput: Bool = true, full: Bool = false, epsilon: Double = 1e-8, reduction: LossReduction = .mean) {
        self.logInput = logInput
        self.full = full
        self.epsilon = epsilon
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.poissonNegativeLogLikelihood(
            targets, logInput: logInput, full: full, epsilon: epsilon, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "PoissonNegativeLogLikelihood", "Minus the log-likelihood of counts under Poisson distributions.",
        Field("logInput", default: true, "Whether outputs are logarithms of rates."),
        Field("full", default: false, "Whether Stirling's term is added."),
        Field("epsilon", default: 1e-8, in: .positive, "Added to rates before their logarithm."),
        LossReduction.field
    ) { logInput, full, epsilon, reduction in
        PoissonNegativeLogLikelihood(
            logInput: logInput, full: full, epsilon: epsilon, reduction: try reduction.oneNumber())
    }
}
