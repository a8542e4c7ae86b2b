// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Steps of equal size along the sign of momentum (Chen and others 2023).
///
/// p ← p − learningRate · (sign(β₁ m + (1 − β₁) g) + weightDecay · p); m ← β₂ m + (1 − β₂) g. Wants about a tenth of
/// Adam's learning rate and ten times its weight decay.
///
///     let optimizer = try Optimizer(Lion(learningRate: 1e-4, weightDecay: 0.1), parameters: model.namedParameters)
public struct Lion: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// β₁: the share of momentum in the direction.
    public var beta1: Double
    /// β₂: how slowly momentum follows.
    public var beta2: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double

    /// A rule.
    public init(learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.weightDecay = weightDecay
    }

    /// `Lion`.
    public var name: String { "Lion" }
    /// Momentum.
    public var slotNames: [String] { ["momentum"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .lion(learningRate: learningRate, beta1: beta1, beta2: beta2, weightDecay: weightDecay)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Lion", "Steps of equal size along the sign of momentum (Chen and others 2023).",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.99, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, beta1, beta2, weightDecay in
        try Lion(learningRate: learningRate, beta1: beta1, beta2: beta2, weightDecay: weightDecay).validated()
    }
}
