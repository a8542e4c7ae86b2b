// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Second moments from row and column means only, and steps in proportion to the weights (Shazeer and Stern 2018).
///
/// With β = 1 − step^betaDecay, a matrix keeps the running means r and c of g² over its last axis and the one before: v
/// = r c / mean(r); anything else keeps v of its own shape. u = g / √max(v, ε₁²); p ← p − learningRate · weightDecay ·
/// p, then p ← p − max(ε₂, rms(p)) · min(learningRate, 1 / √step) · u / max(1, rms(u) / d). As PyTorch has it. One
/// request for all tensors of two axes or more, and one for all others: means of all of them first, then the parameters.
///
///     let optimizer = try Optimizer(Adafactor(), parameters: model.namedParameters)
public struct Adafactor: OptimizerRule {
    /// How far each step goes at most, as a share of the weights' size.
    public var learningRate: Double
    /// How fast second moments turn slow: β = 1 − step^betaDecay.
    public var betaDecay: Double
    /// ε₁: the least root of a second moment; the spacing of numbers next to 1 in the parameter's type when nil.
    public var epsilon: Double?
    /// ε₂: the least size that weights count with.
    public var minimumScale: Double
    /// d: the size of u from which on it is cut back.
    public var clipThreshold: Double
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double

    /// A rule.
    public init(
        learningRate: Double = 1e-2, betaDecay: Double = -0.8, epsilon: Double? = nil, minimumScale: Double = 1e-3,
        clipThreshold: Double = 1, weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.betaDecay = betaDecay
        self.epsilon = epsilon
        self.minimumScale = minimumScale
        self.clipThreshold = clipThreshold
        self.weightDecay = weightDecay
    }

    /// `Adafactor`.
    public var name: String { "Adafactor" }

    /// Means of rows and columns, or the second moment of what has fewer than two axes.
    public func slots(for shape: Shape) -> [OptimizerSlot] {
        guard shape.rank > 1 else { return [OptimizerSlot("velocity", shape)] }
        var rows = shape.dimensions, columns = shape.dimensions
        rows[shape.rank - 1] = 1
        columns[shape.rank - 2] = 1
        return [OptimizerSlot("row_velocity", Shape(rows)), OptimizerSlot("column_velocity", Shape(columns))]
    }

    /// One pass.
    public func passes(step: Int, learningRate: Double) -> [OptimizerPass] {
        let number = Double(step)
        let rule = OptimizerStep.Rule.adafactor(
            rate: min(learningRate, 1 / number.squareRoot()), pace: pow(number, betaDecay), epsilon: epsilon,
            minimumScale: minimumScale, clipThreshold: clipThreshold, decay: learningRate * weightDecay)
        return [.elementwise(rule, slots: 0..<2)]
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("betaDecay", betaDecay, .notPositive),
            ("epsilon", epsilon ?? 0, .nonNegative), ("minimumScale", minimumScale, .nonNegative),
            ("clipThreshold", clipThreshold, .atLeast(1)), ("weightDecay", weightDecay, .nonNegative))
    }

    static let component = Component<any OptimizerRule>(
        "Adafactor", "Second moments from row and column means only (Shazeer and Stern 2018).",
        Field("learningRate", default: 1e-2, in: .nonNegative, "How far each step goes, as a share of the weights."),
        Field("betaDecay", default: -0.8, in: .notPositive, "How fast second moments turn slow."),
        Field<Double?>("epsilon", default: nil, in: .nonNegative, "Least root of a moment; by the type when null."),
        Field("minimumScale", default: 1e-3, in: .nonNegative, "The least size that weights count with."),
        Field("clipThreshold", default: 1.0, in: .atLeast(1), "The size of a change from which on it is cut back."),
        Field("weightDecay", default: 0.0, in: .nonNegative, "How strongly parameters are pulled to zero.")
    ) { learningRate, betaDecay, epsilon, minimumScale, clipThreshold, weightDecay in
        try Adafactor(
            learningRate: learningRate, betaDecay: betaDecay, epsilon: epsilon, minimumScale: minimumScale,
            clipThreshold: clipThreshold, weightDecay: weightDecay
        ).validated()
    }
}

extension FieldRange {
    /// Numbers up to zero.
    fileprivate static let notPositive = FieldRange(low: -.infinity, high: 0, includesLow: true, includesHigh: true)
}
