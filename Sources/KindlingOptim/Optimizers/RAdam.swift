// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
internal import Glibc

/// Rectified Adam (Liu and others 2019): no second moment until it can be trusted.
///
/// With ρ_∞ = 2 / (1 − β₂) − 1 and ρ_t = ρ_∞ − 2 t β₂^t / (1 − β₂^t): while ρ_t ≤ 5, p ← p − learningRate · m̂; then
/// p ← p − learningRate · r_t · m̂ / (√v + ε) · √(1 − β₂^t), r_t² = (ρ_t − 4)(ρ_t − 2) ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2) ρ_t).
/// The moments are ``Adam``'s.
///
/// Weight decay acts through the gradient, or on the parameter when `decoupled`.
///
///     let optimizer = try Optimizer(RAdam(), parameters: model.namedParameters)
public struct RAdam: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// β₁: how slowly the mean of the gradient follows.
    public var beta1: Double
    /// β₂: how slowly the mean of its square follows.
    public var beta2: Double
    /// ε: keeps the quotient finite.
    public var epsilon: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double
    /// Whether weight decay acts on the parameter and not through the gradient.
    public var decoupled: Bool

    /// A rule.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, decoupled: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decoupled = decoupled
    }

    /// `RAdam`.
    public var name: String { "RAdam" }
    /// First and second moment.
    public var slotNames: [String] { ["momentum", "velocity"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        let power = pow(beta2, Double(step))
        let limit = 2 / (1 - beta2) - 1
        let length = limit - 2 * Double(step) * power / (1 - power)
        let square = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)
        return .radam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            decoupled: decoupled, correction1: 1 - pow(beta1, Double(step)), correction2: 1 - power,
            rectification: length > 5 ? square.squareRoot() : 0)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("epsilon", epsilon, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "RAdam", "Rectified Adam (Liu and others 2019): no second moment until it can be trusted.",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("decoupled", default: false, "Whether weight decay acts on the parameter, not the gradient.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay, decoupled in
        try RAdam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            decoupled: decoupled
        ).validated()
    }
}
