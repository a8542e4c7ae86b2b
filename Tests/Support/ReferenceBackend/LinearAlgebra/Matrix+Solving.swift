// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension Matrix {
    /// The lower L of A = L Lᵀ, row by row.
    func choleskyFactor() throws(MatrixFailure) -> Matrix {
        var factor = Matrix(rows.map { $0.map { _ in 0 } }, columns: columnCount)
        for row in 0..<rowCount {
            for column in 0...row {
                let known = dot(Array(factor.rows[row][..<column]), Array(factor.rows[column][..<column]))
                let rest = self[row, column] - known
                if row == column {
                    guard rest > 0 else { throw MatrixFailure(.notPositiveDefinite(order: row + 1)) }
                    factor[row, row] = rest.squareRoot()
                } else {
                    factor[row, column] = rest / factor[column, column]
                }
            }
        }
        return factor
    }

    /// Gaussian elimination with the largest pivot, on a right side too; whether the exchanges were odd in number.
    private func eliminated(_ right: Matrix) -> (upper: Matrix, right: Matrix, odd: Bool) {
        var (upper, right, odd) = (self, right, false)
        for step in 0..<rowCount {
            var pivot = step
            for row in step..<rowCount where abs(upper[row, step]) > abs(upper[pivot, step]) { pivot = row }
            if pivot != step {
                upper.rows.swapAt(pivot, step)
                right.rows.swapAt(pivot, step)
                odd.toggle()
            }
            guard upper[step, step] != 0 else { continue }
            for row in step + 1..<max(step + 1, rowCount) {
                let factor = upper[row, step] / upper[step, step]
                upper.rows[row] = zip(upper.rows[row], upper.rows[step]).map { $0 - factor * $1 }
                right.rows[row] = zip(right.rows[row], right.rows[step]).map { $0 - factor * $1 }
            }
        }
        return (upper, right, odd)
    }

    /// The X of A X = B.
    func solution(_ right: Matrix) throws(MatrixFailure) -> Matrix {
        let (upper, changed, _) = eliminated(right)
        return try upper.solution(
            changed, LinearAlgebra.Triangle(upper: true, transposed: false, unitDiagonal: false))
    }

    /// The X of T X = B, a row at a time.
    func solution(_ right: Matrix, _ triangle: LinearAlgebra.Triangle) throws(MatrixFailure) -> Matrix {
        if !triangle.unitDiagonal {
            for row in 0..<rowCount where self[row, row] == 0 { throw MatrixFailure(.singular(pivot: row)) }
        }
        let matrix = triangle.transposed ? transposed : self
        var solution = right
        let fromBelow = triangle.upper != triangle.transposed
        for row in fromBelow ? Array((0..<rowCount).reversed()) : Array(0..<rowCount) {
            for other in fromBelow ? row + 1..<max(row + 1, rowCount) : 0..<row {
                solution.rows[row] = zip(solution.rows[row], solution.rows[other]).map { $0 - matrix[row, other] * $1 }
            }
            if !triangle.unitDiagonal { solution.rows[row] = solution.rows[row].map { $0 / matrix[row, row] } }
        }
        return solution
    }

    /// Sign, logarithm of the magnitude, and the determinant.
    func determinant() -> [Double] {
        let (upper, _, odd) = eliminated(self)
        let pivots = (0..<rowCount).map { upper[$0, $0] }
        let determinant = pivots.reduce(odd ? -1 : 1, *)
        let sign = pivots.reduce(odd ? -1 : 1) { $0 * ($1 > 0 ? 1 : $1 < 0 ? -1 : $1) }
        return [sign, pivots.map { log(abs($0)) }.reduce(0, +), determinant]
    }
}
