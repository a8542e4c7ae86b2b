// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// How the figures of several classes become one.
public enum ClassAverage: String, Sendable, CaseIterable {
    /// Of all decisions at once, whatever their class.
    case micro
    /// The mean over the classes, rare ones counting as much as common ones.
    case macro
    /// The mean over the classes, each weighted by how often it is true.
    case weighted
}

extension ClassAverage: FieldChoice {}

/// What becomes of the share of nothing, such as the precision of a class that is never said.
public enum ZeroDivision: String, Sendable, CaseIterable {
    /// It is 0.
    case zero
    /// It is 1.
    case one
    /// It is left out of averages; NaN where nothing else is left.
    case excluded
}

extension ZeroDivision: FieldChoice {}

/// A metric made of how often each class is said, is true, and both.
///
/// Outputs `[N, C]` or `[N, C, d…]` with class numbers `[N]` or `[N, d…]`, or `[N, d…, C]` where only that fits: the largest
/// output says the class. Or outputs
/// `[N]` or `[N, L]` or `[N, L, d…]` with targets of 0 and 1 of the same shape: outputs above the threshold say yes, and
/// only yes counts as a class. All classes of the outputs are averaged, whether they occur or not. A NaN counts as the
/// largest output, and lies below every threshold.
public protocol ClassMetric: Metric {
    /// How the figures of the classes become one.
    var average: ClassAverage { get }
    /// What becomes of the share of nothing.
    var zeroDivision: ZeroDivision { get }
    /// Outputs above it say yes, where there is one for each label.
    var threshold: Double { get }
    /// Rows of this class do not count.
    var ignoredClass: Int { get }
    /// The name without the average: `precision`.
    var baseName: String { get }
    /// A class's figure as the share of something in something.
    func share(_ counts: ClassCounts, _ place: Int) -> (part: Double, whole: Double)
}

extension ClassMetric {
    /// Macro, where nothing else is said.
    public var average: ClassAverage { .macro }
    /// 0, where nothing else is said.
    public var zeroDivision: ZeroDivision { .zero }
    /// 0.5, for probabilities.
    public var threshold: Double { 0.5 }
    /// −100, as losses have it.
    public var ignoredClass: Int { -100 }
    /// More is better.
    public var higherIsBetter: Bool { true }
    /// The base name, and the average where it is not the macro one: `precision_micro`.
    public var name: String { average == .macro ? baseName : "\(baseName)_\(average.rawValue)" }

    /// The batch's counts.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try ClassCounts.figures(outputs, targets, threshold: threshold, ignoring: ignoredClass, name)
    }

    /// The average over the classes; NaN when no row counted or every class is left out.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let counts = ClassCounts(sums) else { throw foreign(sums) }
        if average == .micro { return figure(of: counts.pooled, 0) }
        let figures = (0..<counts.count).map { figure(of: counts, $0) }
        let weights = average == .weighted ? counts.actual : counts.actual.map { _ in 1 }
        var (sum, total) = (0.0, 0.0)
        for (figure, weight) in zip(figures, weights) where !figure.isNaN {
            sum += figure * weight
            total += weight
        }
        return total > 0 ? sum / total : ofNothing
    }

    /// Each class's figure, in order; NaN for classes that are left out.
    public func perClass(_ state: MetricState) throws -> [Double] {
        let counts = try counts(state)
        return (0..<counts.count).map { figure(of: counts, $0) }
    }

    /// How often each class was said, was true, and both.
    public func counts(_ state: MetricState) throws -> ClassCounts {
        var state = state
        let sums = try state.seen().sums
        guard let counts = ClassCounts(sums) else { throw foreign(sums) }
        return counts
    }

    private func figure(of counts: ClassCounts, _ place: Int) -> Double {
        let (part, whole) = share(counts, place)
        return whole == 0 ? ofNothing : part / whole
    }

    private var ofNothing: Double {
        switch zeroDivision {
        case .zero: 0
        case .one: 1
        case .excluded: .nan
        }
    }
}
