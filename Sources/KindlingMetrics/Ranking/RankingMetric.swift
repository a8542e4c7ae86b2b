// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// How the figures of several classes become one, where each is ranked against the rest.
public enum RankingAverage: String, Sendable, CaseIterable {
    /// The mean over the classes.
    case macro
    /// The mean over the classes, each weighted by how often it is true.
    case weighted
}

extension RankingAverage: FieldChoice {}

/// A metric of how well scores put what is true before what is not.
///
/// Outputs `[N]` with targets of 0 and 1, or `[N, L]` with targets of the same shape; or probabilities `[N, C]` with class
/// numbers `[N]`, each class against the rest. Classes for which the figure is not defined, as they do not occur or are all
/// that occurs, are left out of the average; NaN where none is left, and where a score is NaN.
///
/// Exact figures keep all scores, 8 bytes each; with bins a few counts, in which scores of one bin count as equal.
public protocol RankingMetric: Metric {
    /// How the figures of several classes become one.
    var average: RankingAverage { get }
    /// Whether outputs are logits, of which softmax or, label by label, sigmoid is taken.
    var fromLogits: Bool { get }
    /// How many bins of equal width from 0 to 1 scores are put into; nil keeps them as they are.
    var bins: Int? { get }
    /// The figure of each class, by what its ranked samples are.
    func figures(of state: MetricState) throws -> [Double]
}

extension RankingMetric {
    /// More is better.
    public var higherIsBetter: Bool { true }
    /// Sorting all scores after every batch would take longer than the batch; counts in bins are fast.
    public var isShownWhileTraining: Bool { bins != nil }

    /// The batch's scores and truths, or how many of them are in each bin.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        if let bins, !(1...1 << 20).contains(bins) {
            throw TensorError(.invalidValue, operation: name, "\(bins) bins are not between 1 and \(1 << 20)")
        }
        guard outputs.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: name, "scores of \(outputs.dtype.name) are not floating-point numbers",
                remedy: "convert them: converted(to: .float32)")
        }
        if outputs.shape == targets.shape {
            let (scores, truths) = ClassReading.labels(outputs, targets)
            return try summary(fromLogits ? scores.sigmoid() : scores, truths.converted(to: .bool).forSums, .labels)
        }
        let (rows, classes) = try ClassReading.rows(outputs, targets, name)
        let count = rows.shape[1]
        let known = Tensor.indices(count, on: outputs.device).gathered(at: classes.fromTheStart(of: count))
        let scores = fromLogits ? rows.softmax() : rows
        if bins != nil {
            let truths = known.insertingAxis(at: 1) .== .indices(count, on: outputs.device)
            return try summary(scores, truths.forSums, .classes)
        }
        return try summary(scores, known.insertingAxis(at: 1).forSums, .classes)
    }

    private func summary(
        _ scores: Tensor, _ truths: Tensor, _ kind: RankedSamples.Kind
    ) throws(TensorError) -> BatchFigures {
        let (samples, labels) = (scores.shape[0], scores.shape[1])
        let header = [kind.rawValue, Double(labels)]
        guard let bins else {
            return BatchFigures(samples: samples, known: header, .concatenated([scores.forSums, truths], along: 1))
        }
        // Scores outside would be in no bin: what is not from 0 to 1 counts as its nearest bin, NaN as the first of all.
        let place = (scores.forSums * Double(bins)).floor().clamped(0...Double(bins - 1))
        let numbers = place.selected(where: .!place.isNaN(), else: place.zerosLike()).converted(to: .int64)
        let starts = Tensor.indices(labels, on: scores.device) * bins
        let places = (numbers + starts).flattened()
        let yes = places.counted(by: truths.flattened(), classes: labels * bins)
        let all = places.counted(by: truths.onesLike().flattened(), classes: labels * bins)
        let strange = scores.isNaN().forSums.sum().reshaped(to: [1])
        return BatchFigures(samples: samples, .concatenated([strange, yes, all - yes]))
    }

    /// Keeps another batch's scores, or adds its counts.
    public func combine(_ other: [Double], into sums: inout [Double]) throws(TensorError) {
        guard bins == nil else {
            guard other.count == sums.count else { throw mismatch("counts of \(sums.count) and \(other.count) bins") }
            for place in sums.indices { sums[place] += other[place] }
            return
        }
        guard other.count >= 2, sums.count >= 2, other[0] == sums[0], other[1] == sums[1] else {
            throw mismatch("scores of other classes")
        }
        sums.append(contentsOf: other.dropFirst(2))
    }

    /// Each class's samples in order of their scores.
    func ranked(_ sums: [Double]) throws(TensorError) -> [RankedGroups]? {
        if let bins {
            guard (1...1 << 20).contains(bins), sums.count > 1, (sums.count - 1) % (2 * bins) == 0 else {
                throw foreign(sums)
            }
            if sums[0] > 0 { return nil }
            let labels = (sums.count - 1) / 2 / bins
            return (0..<labels).map { label in
                let first = 1 + label * bins
                let second = first + labels * bins
                return RankedGroups(positives: sums[first..<first + bins], negatives: sums[second..<second + bins])
            }
        }
        guard let samples = RankedSamples(sums) else { throw foreign(sums) }
        if samples.kind == .classes, !fromLogits, let score = samples.outside {
            throw TensorError(
                .invalidValue, operation: name, "the score \(score) is no probability",
                remedy: "set fromLogits, or give the softmax of the outputs")
        }
        return samples.hasNaN ? nil : (0..<samples.labels).map { RankedGroups(samples.column($0)) }
    }

    /// The average of the classes' figures; NaN where none is defined.
    func averaged(_ figures: [Double], _ groups: [RankedGroups]) -> Double {
        var (sum, total) = (0.0, 0.0)
        for (figure, group) in zip(figures, groups) where !figure.isNaN {
            let weight = average == .weighted ? group.positives : 1
            sum += figure * weight
            total += weight
        }
        return total > 0 ? sum / total : .nan
    }

    func groups(of state: MetricState) throws -> [RankedGroups] {
        var state = state
        guard let groups = try ranked(try state.seen().sums) else {
            throw TensorError(.notFinite, operation: name, "a score is NaN, so there is no order")
        }
        return groups
    }

    func group(_ place: Int, of state: MetricState) throws -> RankedGroups {
        let groups = try groups(of: state)
        guard groups.indices.contains(place) else {
            throw TensorError(
                .indexOutOfRange, operation: name, "there is no class \(place), only 0 ..< \(groups.count)")
        }
        return groups[place]
    }
}

/// Scores and truths of samples as plain numbers: kind, labels, then a row for each sample.
struct RankedSamples {
    /// What a row says is true.
    enum Kind: Double {
        /// A truth value for each label.
        case labels = 0
        /// The number of the one class.
        case classes = 1
    }

    let kind: Kind
    let labels: Int
    private let numbers: ArraySlice<Double>
    private let width: Int

    init?(_ sums: [Double]) {
        guard sums.count > 2, let kind = Kind(rawValue: sums[0]), sums[1] >= 1, let labels = Int(exactly: sums[1]),
            labels < sums.count
        else { return nil }
        width = kind == .labels ? 2 * labels : labels + 1
        numbers = sums[2...]
        guard numbers.count % width == 0 else { return nil }
        self.kind = kind
        self.labels = labels
    }

    var hasNaN: Bool { numbers.contains { $0.isNaN } }

    /// A score that is no probability.
    var outside: Double? {
        numbers.indices.first { ($0 - 2) % width < labels && !(-1e-9...1 + 1e-9).contains(numbers[$0]) }
            .map { numbers[$0] }.flatMap { $0.isNaN ? nil : $0 }
    }

    func column(_ label: Int) -> [(score: Double, positive: Bool)] {
        stride(from: numbers.startIndex, to: numbers.endIndex, by: width).map { row in
            let truth = numbers[row + labels + (kind == .labels ? label : 0)]
            return (numbers[row + label], kind == .labels ? truth != 0 : truth == Double(label))
        }
    }
}
