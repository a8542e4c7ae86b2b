// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
internal import Glibc

/// Adam (Kingma and Ba 2014): steps scaled by running moments of the gradient.
///
/// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − learningRate · m̂ / (√v̂ + ε), where m̂ and v̂ are m and v
/// over 1 − βᵢ^step. g ← g + weightDecay · p first. With `amsgrad` the largest v so far stands for v.
///
///     let optimizer = try Optimizer(Adam(learningRate: 3e-4), parameters: model.namedParameters)
public struct Adam: ElementwiseRule {
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
    /// Whether the largest second moment so far divides, which never shrinks (Reddi and others 2018).
    public var amsgrad: Bool

    /// A rule.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, amsgrad: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.amsgrad = amsgrad
    }

    /// `Adam`.
    public var name: String { "Adam" }
    /// First and second moment, and the largest second moment with `amsgrad`, by Keras' names.
    public var slotNames: [String] { amsgrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        request(step: step, learningRate: learningRate, decoupled: false)
    }

    /// The step with weight decay through the gradient, or on the parameter.
    func request(step: Int, learningRate: Double, decoupled: Bool) -> OptimizerStep.Rule {
        .adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            decoupled: decoupled, correction1: 1 - pow(beta1, Double(step)),
            correction2: 1 - pow(beta2, Double(step)), amsgrad: amsgrad)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) { try validate(as: name) }

    /// The same, under the name of the rule that stands on this one.
    func validate(as name: String) throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("epsilon", epsilon, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Adam", "Adam (Kingma and Ba 2014): steps scaled by running moments of the gradient.",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("amsgrad", default: false, "Whether the largest second moment so far divides.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay, amsgrad in
        try Adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            amsgrad: amsgrad
        ).validated()
    }
}
