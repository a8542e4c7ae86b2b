// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Adam's direction, in steps as long as the weights are large: for huge batches (You and others 2019).
///
/// With ``Adam``'s moments, u = m̂ / (√v̂ + ε) + weightDecay · p; p ← p − learningRate · ‖p‖ / ‖u‖ · u, and the
/// quotient of norms is 1 where one of them is 0. One request for all tensors: moments and norms of all of them first,
/// then the parameters.
///
///     let optimizer = try Optimizer(LAMB(learningRate: 2e-3, weightDecay: 0.01), parameters: model.namedParameters)
public struct LAMB: ElementwiseRule {
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

    /// A rule, with Keras' defaults.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// `LAMB`.
    public var name: String { "LAMB" }

    /// First and second moment.
    public var slotNames: [String] { ["momentum", "velocity"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .lamb(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            correction1: 1 - pow(beta1, Double(step)), correction2: 1 - pow(beta2, Double(step)))
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("beta1", beta1, .fractionBelowOne),
            ("beta2", beta2, .fractionBelowOne), ("epsilon", epsilon, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "LAMB", "Adam's direction, in steps as long as the weights are large (You and others 2019).",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-7, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay in
        try LAMB(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay
        ).validated()
    }
}
