// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Twice the intersection over the sum of what was said and what is true: the F1 score of each class, as images have it.
///
/// For pixels of classes `[N, C, H, W]` and targets `[N, H, W]`; `dice` in logs. Classes that neither were said nor are true
/// are left out unless told otherwise. Inputs as for every ``ClassMetric``.
///
///     try DiceScore().figure(logits, masks)
public struct DiceScore: ClassMetric {
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
        average: ClassAverage = .macro, zeroDivision: ZeroDivision = .excluded, threshold: Double = 0.5,
        ignoredClass: Int = -100
    ) {
        self.average = average
        self.zeroDivision = zeroDivision
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// The name without the average.
    public var baseName: String { "dice" }

    /// Twice the intersection of the sum.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (2 * counts.hits[place], counts.actual[place] + counts.predicted[place])
    }

    static let component = Component<any Metric>(
        "DiceScore", "Twice the intersection over the sum of what was said and what is true.",
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.excluded, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { average, zeroDivision, threshold, ignoredClass in
        DiceScore(
            average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
