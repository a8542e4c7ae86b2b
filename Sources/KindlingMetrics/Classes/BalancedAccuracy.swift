// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend

/// The mean recall of the classes that occur: the accuracy if each occurred as often as the others.
///
/// Inputs as for every ``ClassMetric``; where a threshold decides, yes and no are the two classes.
///
///     try BalancedAccuracy().figure(logits, classes)
public struct BalancedAccuracy: ClassMetric {
    /// Outputs above it say yes, where there is one for each sample: 0.5 for probabilities, 0 for logits.
    public let threshold: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A metric with these settings.
    public init(threshold: Double = 0.5, ignoredClass: Int = -100) {
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// `balanced_accuracy`.
    public var baseName: String { "balanced_accuracy" }
    /// Classes that do not occur are left out.
    public var zeroDivision: ZeroDivision { .excluded }

    /// Hits of what is true.
    public func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double) {
        (counts.hits[place], counts.actual[place])
    }

    /// The mean recall.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let counts = ClassCounts(sums)?.withRest else { throw foreign(sums) }
        let recalls = (0..<counts.count).filter { counts.actual[$0] > 0 }.map { counts.hits[$0] / counts.actual[$0] }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    static let component = Component<any Metric>(
        "BalancedAccuracy", "Mean recall of the classes that occur.",
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { threshold, ignoredClass in BalancedAccuracy(threshold: threshold, ignoredClass: ignoredClass) }
}
