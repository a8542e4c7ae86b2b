// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Stochastic gradient descent, with momentum as PyTorch has it (Sutskever and others 2013).
///
/// g ← g + weightDecay · p; b ← momentum · b + (1 − dampening) · g; p ← p − learningRate · b, or with `nesterov`
/// p ← p − learningRate · (g + momentum · b).
///
///     let optimizer = try Optimizer(SGD(learningRate: 0.1, momentum: 0.9), parameters: model.namedParameters)
public struct SGD: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// The share of the last direction that stays.
    public var momentum: Double
    /// The share of the gradient that is left out of the direction.
    public var dampening: Double
    /// Whether the gradient is looked at one step ahead.
    public var nesterov: Bool
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double

    /// A rule.
    public init(
        learningRate: Double = 1e-2, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
        self.weightDecay = weightDecay
    }

    /// `SGD`.
    public var name: String { "SGD" }
    /// `momentum`, when there is any.
    public var slotNames: [String] { momentum == 0 ? [] : ["momentum"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .sgd(
            learningRate: learningRate, momentum: momentum, dampening: dampening, nesterov: nesterov,
            weightDecay: weightDecay, firstStep: step == 1)
    }

    /// Refuses a hyper-parameter outside its range, and `nesterov` with nothing to look ahead along.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("momentum", momentum, .nonNegative),
            ("dampening", dampening, .fraction), ("weightDecay", weightDecay, .nonNegative))
        guard !nesterov || (momentum > 0 && dampening == 0) else {
            throw impossible(
                name,
                "nesterov is true, but then momentum must be above 0 and dampening 0; "
                    + "they are \(momentum) and \(dampening)"
            )
        }
    }

    static let component = Component<any OptimizerRule>(
        "SGD", "Stochastic gradient descent with momentum.",
        Field("learningRate", default: 1e-2, in: .nonNegative, "How far each step goes."),
        Field("momentum", default: 0.0, in: .nonNegative, "Share of the last direction that stays."),
        Field("dampening", default: 0.0, in: .fraction, "Share of the gradient left out of the direction."),
        Field("nesterov", default: false, "Whether the gradient is looked at one step ahead."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, momentum, dampening, nesterov, weightDecay in
        try SGD(
            learningRate: learningRate, momentum: momentum, dampening: dampening, nesterov: nesterov,
            weightDecay: weightDecay
        ).validated()
    }
}
