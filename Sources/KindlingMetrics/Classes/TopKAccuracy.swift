// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of rows whose target's class is among the k largest outputs.
///
/// Outputs `[N, C]` or `[N, C, d…]`, class numbers `[N]` or `[N, d…]`. Outputs equal to the target's do not push it out;
/// NaNs do, and a row whose target's output is NaN is wrong.
///
///     try TopKAccuracy(k: 5).figure(logits, classes)
public struct TopKAccuracy: Metric {
    /// How many of the largest outputs count, at least 1.
    public let k: Int

    /// The share of rows with the right class among so many.
    public init(k: Int = 5) { self.k = k }

    /// `top5_accuracy`.
    public var name: String { "top\(k)_accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// How many rows of the batch are right.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        guard k >= 1 else {
            throw TensorError(.invalidValue, operation: name, "k is \(k), but must be 1 or more")
        }
        let (rows, classes) = try ClassReading.rows(outputs, targets, name)
        let target = rows.taken(at: classes.fromTheStart(of: rows.shape[1]).insertingAxis(at: 1), along: 1)
        let before = rows.shape[1] - (rows .<= target).converted(to: .int64).sum(over: 1)
        return BatchFigures(samples: classes.elementCount, (before .< k).countNonZero())
    }

    /// The share of right rows.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>(
        "TopKAccuracy", "Share of rows whose class is among the k largest outputs.",
        Field("k", default: 5, in: .atLeast(1), "How many of the largest outputs count.")
    ) { k in TopKAccuracy(k: k) }
}
