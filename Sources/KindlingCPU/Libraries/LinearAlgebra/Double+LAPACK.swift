// SPDX-License-Identifier: Apache-2.0
internal import CBLAS
internal import Glibc
internal import KindlingBackend

extension Double: LAPACKScalar {
    static func logarithm(_ x: Double) -> Double { log(x) }

    static func cholesky(_ triangle: CChar, _ n: Int32, _ a: Pointer) -> Int32 {
        var (triangle, n, lda, info) = (triangle, n, max(1, n), 0 as Int32)
        dpotrf_(&triangle, &n, a, &lda, &info, 1)
        return info
    }

    static func lu(_ n: Int32, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>) -> Int32 {
        var (m, n, lda, info) = (n, n, max(1, n), 0 as Int32)
        dgetrf_(&m, &n, a, &lda, pivots, &info)
        return info
    }

    static func solveTransposed(
        _ n: Int32, _ columns: Int32, _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer
    ) -> Int32 {
        var (n, columns, lda, ldb, info) = (n, columns, max(1, n), max(1, n), 0 as Int32)
        var transpose = Letter.transposed
        dgetrs_(&transpose, &n, &columns, lu, &lda, pivots, b, &ldb, &info, 1)
        return info
    }

    static func solve(_ triangle: LinearAlgebra.Triangle, _ n: Int32, _ columns: Int32, _ a: Pointer, _ b: Pointer) {
        cblas_dtrsm(
            CblasRowMajor, CblasLeft, triangle.upper ? CblasUpper : CblasLower,
            triangle.transposed ? CblasTrans : CblasNoTrans, triangle.unitDiagonal ? CblasUnit : CblasNonUnit, n,
            columns,
            1, a, max(1, n), b, max(1, columns))
    }

    static func qr(_ m: Int32, _ n: Int32, _ a: Pointer, _ factors: Pointer, _ work: Work) -> Int32 {
        var (m, n, lda, lwork, info) = (m, n, max(1, m), work.count, 0 as Int32)
        dgeqrf_(&m, &n, a, &lda, factors, work.address, &lwork, &info)
        return info
    }

    static func orthogonal(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ factors: Pointer, _ work: Work
    ) -> Int32 {
        var (m, n, k, lda, lwork, info) = (m, n, k, max(1, m), work.count, 0 as Int32)
        dorgqr_(&m, &n, &k, a, &lda, factors, work.address, &lwork, &info)
        return info
    }

    static func singularValues(
        _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ vt: Pointer, _ work: Work,
        _ integers: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        var (m, n, lda, lwork, info) = (m, n, max(1, m), work.count, 0 as Int32)
        var (job, ldu, ldvt) = (Letter.thin, max(1, m), max(1, min(m, n)))
        dgesdd_(&job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work.address, &lwork, integers, &info, 1)
        return info
    }

    static func symmetricEigen(
        _ triangle: CChar, _ n: Int32, _ a: Pointer, _ values: Pointer, _ work: Work, _ integers: IntegerWork
    ) -> Int32 {
        var (job, triangle, n, lda, info) = (Letter.vectors, triangle, n, max(1, n), 0 as Int32)
        var (lwork, liwork) = (work.count, integers.count)
        dsyevd_(
            &job, &triangle, &n, a, &lda, values, work.address, &lwork, integers.address, &liwork, &info, 1, 1)
        return info
    }
}
