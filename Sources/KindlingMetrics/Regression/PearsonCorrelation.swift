// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far outputs and targets lie on a line, from −1 to 1.
///
/// Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²) for each column, averaged; NaN where one of the two is constant. Outputs and
/// targets of one shape, `[N]` or `[N, …]`, where every place but the first axis is a column.
///
///     try PearsonCorrelation().figure(outputs, targets)
public struct PearsonCorrelation: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `pearson`.
    public var name: String { "pearson" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// Means and spreads of the batch's columns.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try ColumnMoments.figures(outputs, targets, name) { outputs, targets in (targets, outputs) }
    }

    /// Puts means and spreads together, exactly.
    public func combine(_ other: [Double], into sums: inout [Double]) throws(TensorError) {
        guard ColumnMoments.combine(other, into: &sums) else { throw mismatch("columns of other numbers") }
    }

    /// The mean over the columns.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let columns = ColumnMoments(sums) else { throw foreign(sums) }
        return columns.mean { column in
            let spread = (column.firstSpread * column.secondSpread).squareRoot()
            return spread > 0 ? min(1, max(-1, column.together / spread)) : .nan
        }
    }

    static let component = Component<any Metric>("PearsonCorrelation", "How far outputs and targets lie on a line.") {
        PearsonCorrelation()
    }
}
