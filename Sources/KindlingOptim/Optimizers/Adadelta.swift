// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Steps in proportion to the last steps, over the last gradients (Zeiler 2012).
///
/// g ← g + weightDecay · p; v ← ρ v + (1 − ρ) g²; d = √(u + ε) / √(v + ε) · g; u ← ρ u + (1 − ρ) d²;
/// p ← p − learningRate · d. ρ is `smoothing`.
///
///     let optimizer = try Optimizer(Adadelta(), parameters: model.namedParameters)
public struct Adadelta: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// How slowly the mean of the squares follows.
    public var smoothing: Double
    /// ε: keeps the quotient finite.
    public var epsilon: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double

    /// A rule.
    public init(learningRate: Double = 1, smoothing: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0) {
        self.learningRate = learningRate
        self.smoothing = smoothing
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// `Adadelta`.
    public var name: String { "Adadelta" }
    /// Mean square of gradients and of changes.
    public var slotNames: [String] { ["accumulated_gradient", "accumulated_change"] }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .adadelta(learningRate: learningRate, smoothing: smoothing, epsilon: epsilon, weightDecay: weightDecay)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("smoothing", smoothing, .fraction),
            ("epsilon", epsilon, .nonNegative), ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Adadelta", "Steps in proportion to the last steps, over the last gradients (Zeiler 2012).",
        Field("learningRate", default: 1.0, in: .nonNegative, "How far each step goes."),
        Field("smoothing", default: 0.9, in: .fraction, "How slowly the mean of the squares follows."),
        Field("epsilon", default: 1e-6, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, smoothing, epsilon, weightDecay in
        try Adadelta(learningRate: learningRate, smoothing: smoothing, epsilon: epsilon, weightDecay: weightDecay)
            .validated()
    }
}
