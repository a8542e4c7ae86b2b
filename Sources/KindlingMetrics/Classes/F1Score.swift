// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The harmonic mean of precision and recall: 2 hits / (true + said).
///
/// Inputs as for every ``ClassMetric``; `f1` in logs.
///
///     try F1Score(average: .weighted).figure(logits, classes)
public struct F1Score: ClassMetric {
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
    public var baseName: String { "f1" }

    /// Twice the hits of what was said and what is true.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (2 * counts.hits[place], counts.actual[place] + counts.predicted[place])
    }

    static let component = Component<any Metric>(
        "F1Score", "Harmonic mean of precision and recall.",
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.zero, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { average, zeroDivision, threshold, ignoredClass in
        F1Score(
            average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
