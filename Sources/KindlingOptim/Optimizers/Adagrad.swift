// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Steps divided by the root of the sum of all squared gradients (Duchi and others 2011).
///
/// g ← g + weightDecay · p; s ← s + g²; p ← p − learningRate / (1 + (step − 1) · learningRateDecay) · g / (√s + ε).
///
///     let optimizer = try Optimizer(Adagrad(), parameters: model.namedParameters)
public struct Adagrad: ElementwiseRule {
    /// How far each step goes.
    public var learningRate: Double
    /// How fast the learning rate falls: by 1 + (step − 1) · learningRateDecay.
    public var learningRateDecay: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double
    /// What the sum of squares begins with.
    public var initialAccumulator: Double
    /// ε: keeps the quotient finite.
    public var epsilon: Double

    /// A rule.
    public init(
        learningRate: Double = 1e-2, learningRateDecay: Double = 0, weightDecay: Double = 0,
        initialAccumulator: Double = 0, epsilon: Double = 1e-10
    ) {
        self.learningRate = learningRate
        self.learningRateDecay = learningRateDecay
        self.weightDecay = weightDecay
        self.initialAccumulator = initialAccumulator
        self.epsilon = epsilon
    }

    /// `Adagrad`.
    public var name: String { "Adagrad" }
    /// The sum of squares.
    public var slotNames: [String] { ["accumulator"] }

    /// `initialAccumulator`.
    public func start(ofSlot name: String) -> Double { initialAccumulator }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        .adagrad(
            learningRate: learningRate / (1 + (Double(step) - 1) * learningRateDecay), epsilon: epsilon,
            weightDecay: weightDecay)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("learningRateDecay", learningRateDecay, .nonNegative),
            ("weightDecay", weightDecay, .nonNegative), ("initialAccumulator", initialAccumulator, .nonNegative),
            ("epsilon", epsilon, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Adagrad", "Steps divided by the root of the sum of all squared gradients (Duchi and others 2011).",
        Field("learningRate", default: 1e-2, in: .nonNegative, "How far each step goes."),
        Field("learningRateDecay", default: 0.0, in: .nonNegative, "How fast the learning rate falls."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("initialAccumulator", default: 0.0, in: .nonNegative, "What the sum of squares begins with."),
        Field("epsilon", default: 1e-10, in: .nonNegative, "Keeps the quotient finite.")
    ) { learningRate, learningRateDecay, weightDecay, initialAccumulator, epsilon in
        try Adagrad(
            learningRate: learningRate, learningRateDecay: learningRateDecay, weightDecay: weightDecay,
            initialAccumulator: initialAccumulator, epsilon: epsilon
        ).validated()
    }
}
