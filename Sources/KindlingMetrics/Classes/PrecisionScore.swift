// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The share of what was said that is true: hits / said.
///
/// Inputs as for every ``ClassMetric``. The name in recipes and code is longer than in logs, `precision`, because number
/// formats are called precision too.
///
///     try PrecisionScore(average: .weighted).figure(logits, classes)
public struct PrecisionScore: ClassMetric {
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
        average: ClassAverage = .macro, zeroDivision: ZeroDivision = .zero, threshold: Double = 0.5,
        ignoredClass: Int = -100
    ) {
        self.average = average
        self.zeroDivision = zeroDivision
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// The name without the average.
    public var baseName: String { "precision" }

    /// Hits of what was said.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (counts.hits[place], counts.predicted[place])
    }

    static let component = Component<any Metric>(
        "PrecisionScore", "Share of what was said that is true.",
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.zero, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { average, zeroDivision, threshold, ignoredClass in
        PrecisionScore(
            average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
