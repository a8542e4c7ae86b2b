// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The share of what is not true that was not said.
///
/// Inputs as for every ``ClassMetric``; `specificity` in logs.
///
///     try SpecificityScore().figure(logits, classes)
public struct SpecificityScore: ClassMetric {
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
    public var baseName: String { "specificity" }

    /// Rejections of what is not true.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (counts.rejections(place), counts.total - counts.actual[place])
    }

    static let component = Component<any Metric>(
        "SpecificityScore", "Share of what is not true that was not said.",
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.zero, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { average, zeroDivision, threshold, ignoredClass in
        SpecificityScore(
            average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
