// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// How often each class was said, was true, and both.
///
/// For two classes told apart by a threshold there is one entry, the positive class; for several labels one each.
public struct ClassCounts: Sendable, Equatable {
    /// How many decisions were made about each class.
    public let total: Double
    /// How often the class was said and true.
    public let hits: [Double]
    /// How often it was said.
    public let predicted: [Double]
    /// How often it was true.
    public let actual: [Double]

    /// The number of classes.
    public var count: Int { hits.count }
    /// How often a class was neither said nor true.
    public func rejections(_ place: Int) -> Double { total - predicted[place] - actual[place] + hits[place] }

    /// The counts that sums hold, or nil when they hold none.
    init?(_ sums: [Double]) {
        guard sums.count >= 4, sums.count % 3 == 1 else { return nil }
        let classes = sums.count / 3
        total = sums[0]
        hits = Array(sums[1..<1 + classes])
        predicted = Array(sums[1 + classes..<1 + 2 * classes])
        actual = Array(sums[1 + 2 * classes..<1 + 3 * classes])
    }

    init(total: Double, hits: [Double], predicted: [Double], actual: [Double]) {
        self.total = total
        self.hits = hits
        self.predicted = predicted
        self.actual = actual
    }

    /// All classes as one.
    var pooled: ClassCounts {
        ClassCounts(
            total: total * Double(count), hits: [hits.reduce(0, +)], predicted: [predicted.reduce(0, +)],
            actual: [actual.reduce(0, +)])
    }

    /// The positive class and the rest, where there is one entry only.
    var withRest: ClassCounts {
        guard count == 1 else { return self }
        return ClassCounts(
            total: total, hits: [rejections(0), hits[0]], predicted: [total - predicted[0], predicted[0]],
            actual: [total - actual[0], actual[0]])
    }

    /// A batch's counts, in the order of ``init(_:)``.
    static func figures(
        _ outputs: Tensor, _ targets: Tensor, threshold: Double, ignoring ignored: Int, _ operation: String
    ) throws(TensorError) -> BatchFigures {
        if outputs.shape == targets.shape {
            let (scores, truths) = ClassReading.labels(outputs, targets)
            let counted = (truths .!= ignored).forSums
            let (said, known) = ((scores .> threshold).forSums * counted, truths.converted(to: .bool).forSums * counted)
            // Each label may ignore other samples, but what is pooled has one total: that of a label in the mean.
            let total = counted.sum() / Double(max(1, scores.shape[1]))
            return BatchFigures(
                samples: outputs.rank == 0 ? 1 : outputs.shape[0],
                .concatenated(
                    [total.reshaped(to: [1])] + [said * known, said, known].map { $0.sum(over: 0) }))
        }
        let (rows, classes) = try ClassReading.rows(outputs, targets, operation)
        let count = rows.shape[1]
        let counted = classes .!= ignored
        let weights = counted.forSums
        let actual = classes.fromTheStart(of: count).selected(where: counted, else: classes.zerosLike())
        let predicted = rows.argmax(over: 1)
        return BatchFigures(
            samples: targets.elementCount,
            .concatenated([
                weights.sum().reshaped(to: [1]),
                actual.counted(by: weights * (predicted .== actual).forSums, classes: count),
                predicted.counted(by: weights, classes: count), actual.counted(by: weights, classes: count),
            ]))
    }
}
