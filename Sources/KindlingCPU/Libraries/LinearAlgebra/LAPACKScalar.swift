// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A letter, as Fortran takes it.
enum Letter {
    static let lower = CChar(UInt8(ascii: "L"))
    static let upper = CChar(UInt8(ascii: "U"))
    static let transposed = CChar(UInt8(ascii: "T"))
    static let thin = CChar(UInt8(ascii: "S"))
    static let vectors = CChar(UInt8(ascii: "V"))
}

/// LAPACK's routines in one precision; each gives LAPACK's `info`.
///
/// Matrices are column-major without gaps. Routines that need room to work in tell how much when `work.count` is −1,
/// in `work`'s first element.
protocol LAPACKScalar: BinaryFloatingPoint, BitwiseCopyable {
    typealias Pointer = UnsafeMutablePointer<Self>
    typealias Work = (address: UnsafeMutablePointer<Self>, count: Int32)
    typealias IntegerWork = (address: UnsafeMutablePointer<Int32>, count: Int32)

    /// The natural logarithm.
    static func logarithm(_ x: Self) -> Self
    /// Cholesky, in place.
    static func cholesky(_ triangle: CChar, _ n: Int32, _ a: Pointer) -> Int32
    /// LU with partial pivoting, in place.
    static func lu(_ n: Int32, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>) -> Int32
    /// Solves with an LU, in place; with the transpose of what was factored.
    static func solveTransposed(
        _ n: Int32, _ columns: Int32, _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer
    ) -> Int32
    /// Solves with a triangle, row-major, in place.
    static func solve(_ triangle: LinearAlgebra.Triangle, _ n: Int32, _ columns: Int32, _ a: Pointer, _ b: Pointer)
    /// QR, in place, as reflections.
    static func qr(_ m: Int32, _ n: Int32, _ a: Pointer, _ factors: Pointer, _ work: Work) -> Int32
    /// The orthogonal matrix that k reflections are, in place.
    static func orthogonal(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ factors: Pointer, _ work: Work) -> Int32
    /// The thin singular value decomposition; `integers` holds 8 min(m, n).
    static func singularValues(
        _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ vt: Pointer, _ work: Work,
        _ integers: UnsafeMutablePointer<Int32>
    ) -> Int32
    /// Eigenvalues, and vectors in place; what room of integers is needed comes back in its first element.
    static func symmetricEigen(
        _ triangle: CChar, _ n: Int32, _ a: Pointer, _ values: Pointer, _ work: Work, _ integers: IntegerWork
    ) -> Int32
}
