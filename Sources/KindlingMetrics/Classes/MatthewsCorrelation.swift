// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The correlation between what was said and what is true, from −1 to 1 (Matthews 1975; Gorodkin 2004 for many classes).
///
/// (hits · n − Σ said · true) / √((n² − Σ said²) (n² − Σ true²)); 0 where only one class was said or is true. Inputs as for
/// every ``ClassMetric``, but of one label only.
///
///     try MatthewsCorrelation().figure(logits, classes)
public struct MatthewsCorrelation: Metric {
    /// Outputs above it say yes, where there is one for each sample: 0.5 for probabilities, 0 for logits.
    public let threshold: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A metric with these settings.
    public init(threshold: Double = 0.5, ignoredClass: Int = -100) {
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// `matthews`.
    public var name: String { "matthews" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// The batch's counts.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try requireOneLabel(outputs, targets)
        return try ClassCounts.figures(outputs, targets, threshold: threshold, ignoring: ignoredClass, name)
    }

    /// The correlation; NaN when no row counted.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let counts = ClassCounts(sums)?.withRest else { throw foreign(sums) }
        guard counts.total > 0 else { return .nan }
        func inner(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        let (said, known) = (counts.predicted, counts.actual)
        let square = counts.total * counts.total
        let spread = (square - inner(said, said)) * (square - inner(known, known))
        let together = counts.hits.reduce(0, +) * counts.total - inner(said, known)
        return spread > 0 ? together / spread.squareRoot() : 0
    }

    static let component = Component<any Metric>(
        "MatthewsCorrelation", "Correlation between what was said and what is true.",
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { threshold, ignoredClass in MatthewsCorrelation(threshold: threshold, ignoredClass: ignoredClass) }
}

extension Metric {
    /// Refuses several labels: their decisions are no classes of one another.
    func requireOneLabel(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) {
        guard outputs.shape == targets.shape, outputs.rank > 1, outputs.shape[1] != 1 else { return }
        throw TensorError(
            .shapeMismatch, operation: name, "outputs of shape \(outputs.shape) are several labels",
            remedy: "give outputs [N] for yes or no, or outputs [N, C] with class numbers [N]")
    }
}
