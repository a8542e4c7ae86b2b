// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
internal import Glibc

/// Adam with the largest gradient in place of the second moment (Kingma and Ba 2014).
///
/// g ← g + weightDecay · p; m ← β₁ m + (1 − β₁) g; u ← max(β₂ u, |g| + ε); p ← p − learningRate / (1 − β₁^step) · m /
/// u.
///
///     let optimizer = try Optimizer(Adamax(), parameters: model.namedParameters)
public struct Adamax: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// β₁: how slowly the mean of the gradient follows.
    public var beta1: Double
    /// β₂: how slowly the largest gradient fades.
    public var beta2: Double
    /// ε: keeps the quotient finite.
    public var epsilon: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double

    /// A rule.
    public init(
        learningRate: Double = 2e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// `Adamax`.
    public var name: String { "Adamax" }
    /// First moment and largest gradient.
    public var slotNames: [String] { ["momentum", "norm"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .adamax(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            correction1: 1 - pow(beta1, Double(step)))
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("epsilon", epsilon, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Adamax", "Adam with the largest gradient in place of the second moment (Kingma and Ba 2014).",
        Field("learningRate", default: 2e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay in
        try Adamax(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
            .validated()
    }
}
