// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of the targets' variance that is gone from the differences: as R², but a constant shift costs nothing.
///
/// 1 − Var(y − x) / Var(y) for each column, averaged. Outputs and targets of one shape, `[N]` or `[N, …]`, where every place
/// but the first axis is a column. Of constant targets 1 if differences are constant too, else 0.
///
///     try ExplainedVariance().figure(outputs, targets)
public struct ExplainedVariance: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `explained_variance`.
    public var name: String { "explained_variance" }
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
        return columns.mean { column in
            if column.firstSpread == 0 { return column.secondSpread == 0 ? 1 : 0 }
            return 1 - column.secondSpread / column.firstSpread
        }
    }

    static let component = Component<any Metric>(
        "ExplainedVariance", "Share of the targets' variance that is gone from the differences."
    ) { ExplainedVariance() }
}
