// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension MatrixBatch {
    /// The lower triangle of a row-major matrix is the upper one of what LAPACK sees: nothing has to be turned.
    func cholesky() throws(TensorError) {
        for matrix in 0..<count {
            let factor = output + matrix &* matrixCount
            factor.update(from: input + matrix &* matrixCount, count: matrixCount)
            let info = Scalar.cholesky(Letter.upper, Int32(rows), factor)
            if info > 0 { throw failure(.notPositiveDefinite(order: Int(info)), matrix) }
            for row in 0..<rows {
                let above = columns - row - 1
                (factor + ((row + 1) * columns - above)).update(repeating: 0, count: above)
            }
        }
    }

    /// LAPACK sees Aᵀ in the memory of A; the LU of Aᵀ, transposed, solves with A.
    func solve() throws(TensorError) {
        let factor = try room(matrixCount)
        let pivots = try integers(rows)
        let turned = try room(rows &* rightColumns)
        for matrix in 0..<count {
            let offset = matrix &* rows &* rightColumns
            factor.address.update(from: input + matrix &* matrixCount, count: matrixCount)
            let info = Scalar.lu(Int32(rows), factor.address, pivots.address)
            if info > 0 { throw failure(.singular(pivot: Int(info) - 1), matrix) }
            transpose(right + offset, rows, rightColumns, into: turned.address)
            _ = Scalar.solveTransposed(
                Int32(rows), Int32(rightColumns), factor.address, pivots.address, turned.address)
            transpose(turned.address, rightColumns, rows, into: output + offset)
        }
        withExtendedLifetime((factor, pivots, turned)) {}
    }

    func solve(_ triangle: LinearAlgebra.Triangle) throws(TensorError) {
        for matrix in 0..<count {
            let a = input + matrix &* matrixCount
            let offset = matrix &* rows &* rightColumns
            if !triangle.unitDiagonal {
                for row in 0..<rows where a[row &* columns &+ row] == 0 { throw failure(.singular(pivot: row), matrix) }
            }
            (output + offset).update(from: right + offset, count: rows &* rightColumns)
            Scalar.solve(triangle, Int32(rows), Int32(rightColumns), a, output + offset)
        }
    }

    /// det Aᵀ = det A, so nothing has to be turned.
    func determinant() throws(TensorError) {
        let factor = try room(matrixCount)
        let pivots = try integers(rows)
        for matrix in 0..<count {
            factor.address.update(from: input + matrix &* matrixCount, count: matrixCount)
            _ = Scalar.lu(Int32(rows), factor.address, pivots.address)
            var (sign, logarithm, determinant) = (1 as Scalar, 0 as Scalar, 1 as Scalar)
            for row in 0..<rows {
                let pivot = factor.address[row &* columns &+ row]
                let exchanged: Scalar = pivots.address[row] == Int32(row + 1) ? 1 : -1
                // Zero and NaN are their own signs.
                sign *= exchanged * (pivot > 0 ? 1 : pivot < 0 ? -1 : pivot)
                logarithm += Scalar.logarithm(abs(pivot))
                determinant *= exchanged * pivot
            }
            output[3 &* matrix] = sign
            output[3 &* matrix &+ 1] = logarithm
            output[3 &* matrix &+ 2] = determinant
        }
        withExtendedLifetime((factor, pivots)) {}
    }
}
