// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of the targets' variance that outputs explain: 1 is perfect, 0 as good as always saying the mean.
///
/// 1 − Σ (y − x)² / Σ (y − ȳ)² for each column, averaged. Outputs and targets of one shape, `[N]` or `[N, …]`, where every
/// place but the first axis is a column. Of constant targets 1 if outputs equal them, else 0; NaN of a single sample.
///
///     try R2Score().figure(outputs, targets)
public struct R2Score: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `r2`.
    public var name: String { "r2" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// Means and spreads of the batch's columns.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try ColumnMoments.figures(outputs, targets, name) { outputs, targets in (targets, targets - outputs) }
    }

    /// Puts means and spreads together, exactly.
    public func combine(_ other: [Double], into sums: inout [Double]) throws(TensorError) {
        guard ColumnMoments.combine(other, into: &sums) else { throw mismatch("columns of other numbers") }
    }

    /// The mean over the columns.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let columns = ColumnMoments(sums) else { throw foreign(sums) }
        guard samples > 1 else { return .nan }
        return columns.mean { column in
            let missed = column.secondSpread + samples * column.secondMean * column.secondMean
            if column.firstSpread == 0 { return missed == 0 ? 1 : 0 }
            return 1 - missed / column.firstSpread
        }
    }

    static let component = Component<any Metric>("R2Score", "Share of the targets' variance that outputs explain.") {
        R2Score()
    }
}
