// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The weighted harmonic mean of precision and recall, recall counting β times as much (van Rijsbergen 1979).
///
/// (1 + β²) hits / (β² true + said). Inputs as for every ``ClassMetric``; `fbeta` in logs. A β that is not positive gives
/// shares of what it makes of the formula: recipes refuse it.
///
///     try FBetaScore(beta: 2).figure(logits, classes)
public struct FBetaScore: ClassMetric {
    /// How many times as much as precision recall counts.
    public let beta: Double
    /// How the figures of the classes become one.
    public let average: ClassAverage
    /// What becomes of the share of nothing.
    public let zeroDivision: ZeroDivision
    /// Outputs above it say yes, where there is one for each label: 0.5 for probabilities, 0 for logits.
    public let threshold: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A metric with these settings.
    public init(
        beta: Double = 1.0, average: ClassAverage = .macro, zeroDivision: ZeroDivision = .zero, threshold: Double = 0.5,
        ignoredClass: Int = -100
    ) {
        self.beta = beta
        self.average = average
        self.zeroDivision = zeroDivision
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// The name without the average.
    public var baseName: String { "fbeta" }

    /// Weighted hits of what was said and what is true.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        let square = beta * beta
        return ((1 + square) * counts.hits[place], square * counts.actual[place] + counts.predicted[place])
    }

    static let component = Component<any Metric>(
        "FBetaScore", "Mean of precision and recall, recall weighted by beta.",
        Field("beta", default: 1.0, in: .positive, "How many times as much as precision recall counts."),
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.zero, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { beta, average, zeroDivision, threshold, ignoredClass in
        FBetaScore(
            beta: beta, average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
