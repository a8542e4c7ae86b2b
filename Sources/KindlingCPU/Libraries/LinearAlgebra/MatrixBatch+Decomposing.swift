// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension MatrixBatch {
    /// Q and R, one behind the other.
    func orthogonalTriangular(complete: Bool) throws(TensorError) {
        let inner = complete ? rows : min(rows, columns)
        let reflections = min(rows, columns)
        let (m, n, p, k) = (Int32(rows), Int32(columns), Int32(inner), Int32(reflections))
        let a = try room(matrixCount)
        let q = try room(rows &* inner)
        let factors = try room(reflections)
        let asked = try room(2)
        _ = Scalar.qr(m, n, a.address, factors.address, (asked.address, -1))
        _ = Scalar.orthogonal(m, p, k, q.address, factors.address, (asked.address + 1, -1))
        let work = try work(asked: max(asked.address[0], asked.address[1]))
        for matrix in 0..<count {
            let target = output + matrix &* (rows &* inner &+ inner &* columns)
            transpose(input + matrix &* matrixCount, rows, columns, into: a.address)
            _ = Scalar.qr(m, n, a.address, factors.address, (work.room.address, work.count))
            let r = target + rows &* inner
            for row in 0..<inner {
                for column in 0..<columns {
                    r[row &* columns &+ column] = row <= column ? a.address[column &* rows &+ row] : 0
                }
            }
            q.address.update(from: a.address, count: rows &* reflections)
            _ = Scalar.orthogonal(m, p, k, q.address, factors.address, (work.room.address, work.count))
            transpose(q.address, inner, rows, into: target)
        }
        withExtendedLifetime((a, q, factors, asked, work)) {}
    }

    /// U, s and Vᵀ, one behind the other.
    ///
    /// LAPACK sees Aᵀ = V diag(s) Uᵀ: its first factor, column-major, is Vᵀ row-major, and its last one U.
    func singularValues() throws(TensorError) {
        let inner = min(rows, columns)
        // LAPACK adds up what it needs in 32 bits.
        guard inner < 20_000 else { throw tooLarge("more than 2³¹ elements of workspace") }
        let (m, n) = (Int32(rows), Int32(columns))
        let a = try room(matrixCount)
        let integers = try self.integers(8 &* inner)
        let asked = try room(1)
        _ = Scalar.singularValues(
            n, m, a.address, output, output, output, (asked.address, -1), integers.address)
        let work = try work(asked: asked.address[0])
        for matrix in 0..<count {
            let u = output + matrix &* (rows &* inner &+ inner &+ inner &* columns)
            let s = u + rows &* inner
            a.address.update(from: input + matrix &* matrixCount, count: matrixCount)
            guard isFinite(a.address, matrixCount) else { throw failure(.notFinite, matrix) }
            let info = Scalar.singularValues(
                n, m, a.address, s, s + inner, u, (work.room.address, work.count), integers.address)
            if info != 0 { throw failure(.notConverged, matrix) }
        }
        withExtendedLifetime((a, integers, asked, work)) {}
    }

    /// Values, then vectors as columns.
    func symmetricEigen() throws(TensorError) {
        // LAPACK adds up what it needs in 32 bits.
        guard rows < 30_000 else { throw tooLarge("more than 2³¹ elements of workspace") }
        let n = Int32(rows)
        let a = try room(matrixCount)
        let asked = try room(1)
        let integersAsked = try integers(1)
        _ = Scalar.symmetricEigen(
            Letter.upper, n, a.address, output, (asked.address, -1), (integersAsked.address, -1))
        let work = try work(asked: asked.address[0])
        let integerCount = integersAsked.address[0]
        let integers = try self.integers(Int(integerCount))
        for matrix in 0..<count {
            let values = output + matrix &* (rows &+ matrixCount)
            a.address.update(from: input + matrix &* matrixCount, count: matrixCount)
            for row in 0..<rows where !isFinite(a.address + row &* columns, row &+ 1) {
                throw failure(.notFinite, matrix)
            }
            let info = Scalar.symmetricEigen(
                Letter.upper, n, a.address, values, (work.room.address, work.count),
                (integers.address, integerCount))
            if info != 0 { throw failure(.notConverged, matrix) }
            transpose(a.address, rows, rows, into: values + rows)
        }
        withExtendedLifetime((a, asked, integersAsked, work, integers)) {}
    }
}
