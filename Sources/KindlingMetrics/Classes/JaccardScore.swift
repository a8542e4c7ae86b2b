// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The intersection over the union of what was said and what is true: hits / (said + true − hits).
///
/// For pixels of classes `[N, C, H, W]` and targets `[N, H, W]` the mean IoU; `iou` in logs. Classes that neither were said
/// nor are true are left out unless told otherwise. Inputs as for every ``ClassMetric``.
///
///     try JaccardScore(ignoredClass: 255).figure(logits, masks)
public struct JaccardScore: ClassMetric {
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
    public var baseName: String { "iou" }

    /// Intersection of the union.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (counts.hits[place], counts.actual[place] + counts.predicted[place] - counts.hits[place])
    }

    static let component = Component<any Metric>(
        "JaccardScore", "Intersection over union of what was said and what is true.",
        Field("average", default: ClassAverage.macro, "How the figures of the classes become one."),
        Field("zeroDivision", default: ZeroDivision.excluded, "What becomes of the share of nothing."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { average, zeroDivision, threshold, ignoredClass in
        JaccardScore(
            average: average, zeroDivision: zeroDivision, threshold: threshold, ignoredClass: ignoredClass)
    }
}
