// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Steps divided by the root of the mean square of the gradient (Hinton 2012).
///
/// g ← g + weightDecay · p; v ← α v + (1 − α) g²; b ← momentum · b + g / (√v + ε); p ← p − learningRate · b. `centered`
/// (Graves 2013) takes the square of the mean gradient from v. α is `smoothing`; as in PyTorch ε is outside the root.
///
///     let optimizer = try Optimizer(RMSprop(momentum: 0.9, centered: true), parameters: model.namedParameters)
public struct RMSprop: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// How slowly the mean of the squares follows.
    public var smoothing: Double
    /// ε: keeps the quotient finite.
    public var epsilon: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double
    /// The share of the last direction that stays.
    public var momentum: Double
    /// Whether the variance of the gradient divides, not its mean square.
    public var centered: Bool

    /// A rule.
    public init(
        learningRate: Double = 1e-2, smoothing: Double = 0.99, epsilon: Double = 1e-8, weightDecay: Double = 0,
        momentum: Double = 0, centered: Bool = false
    ) {
        self.learningRate = learningRate
        self.smoothing = smoothing
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.momentum = momentum
        self.centered = centered
    }

    /// `RMSprop`.
    public var name: String { "RMSprop" }
    /// Mean square; mean, when centred; the last direction, when there is momentum.
    public var slotNames: [String] {
        ["velocity"] + (centered ? ["average"] : []) + (momentum == 0 ? [] : ["momentum"])
    }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .rmsProp(
            learningRate: learningRate, smoothing: smoothing, epsilon: epsilon, weightDecay: weightDecay,
            momentum: momentum, centered: centered)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("smoothing", smoothing, .fraction),
            ("epsilon", epsilon, .nonNegative), ("weightDecay", weightDecay, .nonNegative),
            ("momentum", momentum, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "RMSprop", "Steps divided by the root of the mean square of the gradient (Hinton 2012).",
        Field("learningRate", default: 1e-2, in: .nonNegative, "How far each step goes."),
        Field("smoothing", default: 0.99, in: .fraction, "How slowly the mean of the squares follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("momentum", default: 0.0, in: .nonNegative, "Share of the last direction that stays."),
        Field("centered", default: false, "Whether the variance divides, not the mean square.")
    ) { learningRate, smoothing, epsilon, weightDecay, momentum, centered in
        try RMSprop(
            learningRate: learningRate, smoothing: smoothing, epsilon: epsilon, weightDecay: weightDecay,
            momentum: momentum, centered: centered
        ).validated()
    }
}
