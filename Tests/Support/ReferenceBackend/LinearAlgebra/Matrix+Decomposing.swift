// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension Matrix {
    /// Q and R by Householder's reflections, each of which turns a column to −sign(its first element) · its length.
    func orthogonalTriangular(complete: Bool) -> [Double] {
        var (q, r) = (Matrix.identity(rowCount), self)
        for step in 0..<min(rowCount, columnCount) {
            let column = Array(r.column(step)[step...])
            // A column that is zero below its first element stays as it is, sign and all.
            guard column.dropFirst().contains(where: { $0 != 0 }) else { continue }
            var normal = column
            normal[0] += (column[0] < 0 ? -1 : 1) * dot(column, column).squareRoot()
            let scale = 2 / dot(normal, normal)
            // From the left on R, from the right on Q.
            for index in 0..<columnCount {
                let part = scale * dot(normal, Array(r.column(index)[step...]))
                for row in step..<rowCount { r[row, index] -= part * normal[row - step] }
            }
            for index in 0..<rowCount {
                let part = scale * dot(normal, Array(q.rows[index][step...]))
                for row in step..<rowCount { q[index, row] -= part * normal[row - step] }
            }
            for row in step + 1..<rowCount { r[row, step] = 0 }
        }
        let inner = complete ? rowCount : min(rowCount, columnCount)
        return q.rows.flatMap { $0[..<inner] } + r.rows[..<inner].flatMap(\.self)
    }

    /// Eigenvalues and vectors by Jacobi's rotations, each of which makes one element zero.
    func symmetricEigen() throws(MatrixFailure) -> [Double] {
        var a = self
        for row in 0..<rowCount {
            for column in 0..<row { a[column, row] = a[row, column] }
        }
        guard a.elements.allSatisfy(\.isFinite) else { throw MatrixFailure(.notFinite) }
        var vectors = Matrix.identity(rowCount)
        for _ in 0..<60 {
            for p in 0..<rowCount {
                for q in p + 1..<max(p + 1, rowCount) where a[p, q] != 0 {
                    let turn = Rotation(a[p, p], a[p, q], a[q, q])
                    a.rotateColumns(p, q, turn)
                    a = a.transposed
                    a.rotateColumns(p, q, turn)
                    a = a.transposed
                    a[p, q] = 0
                    a[q, p] = 0
                    vectors.rotateColumns(p, q, turn)
                }
            }
        }
        let order = (0..<rowCount).sorted { a[$0, $0] < a[$1, $1] }
        return order.map { a[$0, $0] } + vectors.rows.flatMap { row in order.map { row[$0] } }
    }

    /// U, s and Vᵀ by one-sided Jacobi: rotations of columns until all are orthogonal, whose lengths are then s.
    func singularValueDecomposition() throws(MatrixFailure) -> [Double] {
        guard elements.allSatisfy(\.isFinite) else { throw MatrixFailure(.notFinite) }
        let wide = rowCount < columnCount
        var work = wide ? transposed : self
        var right = Matrix.identity(work.columnCount)
        for _ in 0..<60 {
            for p in 0..<work.columnCount {
                for q in p + 1..<max(p + 1, work.columnCount) {
                    let (left, other) = (work.column(p), work.column(q))
                    let product = dot(left, other)
                    guard abs(product) > 1e-300 else { continue }
                    let turn = Rotation(dot(left, left), product, dot(other, other))
                    work.rotateColumns(p, q, turn)
                    right.rotateColumns(p, q, turn)
                }
            }
        }
        let lengths = (0..<work.columnCount).map { dot(work.column($0), work.column($0)).squareRoot() }
        let order = lengths.indices.sorted { lengths[$0] > lengths[$1] }
        let values = order.map { lengths[$0] }
        let smallest = (values.first ?? 0) * 1e-14
        var left: [[Double]] = []
        for index in order {
            left.append(
                lengths[index] > smallest
                    ? work.column(index).map { $0 / lengths[index] }
                    : Matrix.direction(orthogonalTo: left, count: work.rowCount))
        }
        let u = Matrix(left, columns: work.rowCount)
        let v = Matrix(order.map { right.column($0) }, columns: work.columnCount)
        return wide
            ? v.transposed.elements + values + u.elements : u.transposed.elements + values + v.elements
    }

    /// A vector of length 1 that is orthogonal to orthonormal ones: the axis that they span least, made so.
    private static func direction(orthogonalTo vectors: [[Double]], count: Int) -> [Double] {
        var best: [Double] = []
        for axis in 0..<count {
            var candidate = (0..<count).map { $0 == axis ? 1.0 : 0 }
            for _ in 0..<2 {
                for vector in vectors {
                    let part = dot(candidate, vector)
                    candidate = zip(candidate, vector).map { $0 - part * $1 }
                }
            }
            if dot(candidate, candidate) > dot(best, best) { best = candidate }
        }
        let length = dot(best, best).squareRoot()
        return best.map { $0 / length }
    }

    private mutating func rotateColumns(_ p: Int, _ q: Int, _ turn: Rotation) {
        for row in rows.indices {
            let (left, right) = (rows[row][p], rows[row][q])
            rows[row][p] = turn.cosine * left - turn.sine * right
            rows[row][q] = turn.sine * left + turn.cosine * right
        }
    }
}

/// The rotation that makes the symmetric matrix [[a, b], [b, c]] diagonal.
private struct Rotation {
    let cosine: Double
    let sine: Double

    init(_ a: Double, _ b: Double, _ c: Double) {
        let slope = (c - a) / (2 * b)
        let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (1 + slope * slope).squareRoot())
        cosine = 1 / (1 + tangent * tangent).squareRoot()
        sine = tangent * cosine
    }
}
