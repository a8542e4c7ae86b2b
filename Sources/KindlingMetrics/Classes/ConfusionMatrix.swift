// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// How often each class was taken for each other.
///
/// Its figure is the share of the diagonal, the accuracy; the matrix itself is ``matrix(_:)``. Outputs `[N, C]` or
/// `[N, C, d…]` with class numbers, or outputs `[N]` with targets of 0 and 1, where a threshold decides. No part of
/// recipes: a matrix is no figure to log.
///
///     let confusion = ConfusionMatrix()
///     var state = confusion.makeState()
///     try state.update(logits, classes)
///     try confusion.matrix(state)[0][1]      // zeros taken for ones
public struct ConfusionMatrix: Metric {
    /// Outputs above it say yes, where there is one for each sample: 0.5 for probabilities, 0 for logits.
    public let threshold: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A matrix of as many classes as outputs have.
    public init(threshold: Double = 0.5, ignoredClass: Int = -100) {
        self.threshold = threshold
        self.ignoredClass = ignoredClass
    }

    /// `confusion_accuracy`.
    public var name: String { "confusion_accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// The batch's matrix.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try figures(named: name, outputs, targets)
    }

    /// The share of the diagonal; NaN when no row counted.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let matrix = ConfusionMatrix.rows(of: sums) else { throw foreign(sums) }
        let right = matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
        return right / sums.reduce(0, +)
    }

    /// How often class i was taken for class j, at `[i][j]`.
    public func matrix(_ state: MetricState) throws -> [[Int]] {
        var state = state
        let sums = try state.seen().sums
        guard let matrix = ConfusionMatrix.rows(of: sums) else { throw foreign(sums) }
        return matrix.map { $0.map { Int($0) } }
    }

    /// A batch's matrix, row by row.
    func figures(named operation: String, _ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try requireOneLabel(outputs, targets)
        let count: Int
        let predicted: Tensor
        let numbers: Tensor
        if outputs.shape == targets.shape {
            let (scores, truths) = ClassReading.labels(outputs, targets)
            count = 2
            predicted = (scores .> threshold).converted(to: .int64).flattened()
            numbers = truths.converted(to: .int64).flattened()
        } else {
            let (rows, classes) = try ClassReading.rows(outputs, targets, operation)
            count = rows.shape[1]
            predicted = rows.argmax(over: 1)
            numbers = classes
        }
        let counted = numbers .!= ignoredClass
        let actual = numbers.fromTheStart(of: count).selected(where: counted, else: numbers.zerosLike())
        // A class that does not exist shall not fall into another row's place: looking it up refuses it.
        let rows = (Tensor.indices(count, on: outputs.device) * count).gathered(at: actual)
        return BatchFigures(
            samples: targets.elementCount, (rows + predicted).counted(by: counted.forSums, classes: count * count))
    }

    /// Sums as the rows of a square, or nil when they are none.
    static func rows(of sums: [Double]) -> [[Double]]? {
        let count = Int(Double(sums.count).squareRoot().rounded())
        guard count >= 1, count * count == sums.count, sums.allSatisfy({ $0 >= 0 && $0 < 9e15 }) else { return nil }
        return (0..<count).map { Array(sums[$0 * count..<($0 + 1) * count]) }
    }
}
