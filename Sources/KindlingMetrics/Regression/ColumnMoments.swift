// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// For each column of two quantities: means, sums of squares about them, and the sum of products about them.
///
/// Kept about the means and not about 0, so that quantities far from 0 lose nothing (Chan, Golub and LeVeque 1983).
struct ColumnMoments {
    struct Column {
        var firstMean, secondMean, firstSpread, secondSpread, together: Double
    }

    let columns: [Column]

    init?(_ sums: [Double]) {
        // The number of samples comes first, as merging needs it.
        guard sums.count > 1, sums.count % 5 == 1 else { return nil }
        let count = sums.count / 5
        columns = (0..<count).map { place in
            func number(_ kind: Int) -> Double { sums[1 + kind * count + place] }
            return Column(
                firstMean: number(0), secondMean: number(1), firstSpread: number(2), secondSpread: number(3),
                together: number(4))
        }
    }

    /// The mean of a figure of the columns.
    func mean(_ figure: (Column) -> Double) -> Double {
        columns.reduce(0) { $0 + figure($1) } / Double(columns.count)
    }

    /// A batch's moments: how many samples, then five numbers for each column.
    static func figures(
        _ outputs: Tensor, _ targets: Tensor, _ operation: String,
        _ quantities: (Tensor, Tensor) -> (Tensor, Tensor)
    ) throws(TensorError) -> BatchFigures {
        guard outputs.shape == targets.shape, outputs.rank > 0 else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "outputs of shape \(outputs.shape) do not fit targets of shape \(targets.shape)",
                remedy: "give both [N] or [N, …]")
        }
        let samples = outputs.shape[0]
        guard samples > 0 else { return BatchFigures(samples: 0, outputs) }
        let flat: Shape = [samples, outputs.elementCount / samples]
        let (first, second) = quantities(outputs.forSums.reshaped(to: flat), targets.forSums.reshaped(to: flat))
        let means = [first, second].map { $0.mean(over: 0) }
        let (a, b) = (first - means[0], second - means[1])
        return BatchFigures(
            samples: samples, known: [Double(samples)],
            .concatenated(means + [a * a, b * b, a * b].map { $0.sum(over: 0) }))
    }

    static func combine(_ other: [Double], into sums: inout [Double]) -> Bool {
        guard other.count == sums.count, sums.count % 5 == 1 else { return false }
        let columns = sums.count / 5
        let (n, m) = (sums[0], other[0])
        guard n > 0, m > 0 else { return false }
        for place in 1...columns {
            let shifts = (0..<2).map { other[place + $0 * columns] - sums[place + $0 * columns] }
            for kind in 0..<2 { sums[place + kind * columns] += shifts[kind] * m / (n + m) }
            for (kind, square) in [shifts[0] * shifts[0], shifts[1] * shifts[1], shifts[0] * shifts[1]].enumerated() {
                let at = place + (kind + 2) * columns
                sums[at] += other[at] + square * n * m / (n + m)
            }
        }
        sums[0] = n + m
        return true
    }
}
