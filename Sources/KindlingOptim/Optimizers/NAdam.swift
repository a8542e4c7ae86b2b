// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
internal import Glibc

/// Adam with Nesterov's momentum (Dozat 2016).
///
/// With μ_t = β₁ (1 − 0.96^(t · momentumDecay) / 2) and the moments m and v of ``Adam``:
/// p ← p − learningRate · ((1 − μ_t) / (1 − Π μ) · g + μ_(t+1) / (1 − μ_(t+1) Π μ) · m) / (√v̂ + ε), Π over 1 ... t.
///
/// Weight decay acts through the gradient, or on the parameter when `decoupled`.
///
///     let optimizer = try Optimizer(NAdam(learningRate: 1e-3), parameters: model.namedParameters)
public struct NAdam: ElementwiseRule {
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
    /// How fast momentum grows to β₁: by 1 − 0.96^(step · momentumDecay) / 2.
    public var momentumDecay: Double
    /// Whether weight decay acts on the parameter and not through the gradient.
    public var decoupled: Bool

    /// A rule.
    public init(
        learningRate: Double = 2e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, momentumDecay: Double = 4e-3, decoupled: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.momentumDecay = momentumDecay
        self.decoupled = decoupled
    }

    /// `NAdam`.
    public var name: String { "NAdam" }
    /// First and second moment.
    public var slotNames: [String] { ["momentum", "velocity"] }

    /// μ_t.
    private func momentum(at step: Double) -> Double { beta1 * (1 - 0.5 * pow(0.96, step * momentumDecay)) }

    /// μ₁ · μ₂ · … · μ_step, whose value stops to matter long before a run ends: below 2⁻⁶⁰, 1 − it is 1.
    private func momentumProduct(through step: Int) -> Double {
        var product = 1.0
        var number = 1
        while number <= step, product > 0x1p-60 {
            product *= momentum(at: Double(number))
            number += 1
        }
        return product
    }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        let momentum = self.momentum(at: Double(step)), next = self.momentum(at: Double(step) + 1)
        let product = momentumProduct(through: step)
        return .nadam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            decoupled: decoupled, gradientShare: (1 - momentum) / (1 - product),
            momentumShare: next / (1 - product * next), correction2: 1 - pow(beta2, Double(step)))
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("epsilon", epsilon, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative), ("momentumDecay", momentumDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "NAdam", "Adam with Nesterov's momentum (Dozat 2016).",
        Field("learningRate", default: 2e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("momentumDecay", default: 4e-3, in: .nonNegative, "How fast momentum grows to beta1."),
        Field("decoupled", default: false, "Whether weight decay acts on the parameter, not the gradient.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay, momentumDecay, decoupled in
        try NAdam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            momentumDecay: momentumDecay, decoupled: decoupled
        ).validated()
    }
}
