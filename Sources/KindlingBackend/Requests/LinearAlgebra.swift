// SPDX-License-Identifier: Apache-2.0

/// A factorization of the matrices in the last two axes, or what is solved by one.
///
/// Leading axes are a batch. Operands are row-major, of float32 or float64, all of one type.
/// A function of several results gives them one behind the other in one vector for each matrix, so that one output
/// carries all gradients. Singular, indefinite and non-finite matrices are errors that name the matrix: see
/// ``failure(_:matrix:of:)``.
public struct LinearAlgebra: Sendable, Hashable {
    /// What is computed.
    public enum Function: Sendable, Hashable {
        /// The lower L of A = L Lᵀ: `[…, n, n]` → `[…, n, n]`, zero above the diagonal. Reads A's lower triangle.
        case cholesky
        /// The X of A X = B: `[…, n, n]`, `[…, n, k]` → `[…, n, k]`, by LU with partial pivoting.
        case solve
        /// The X of T X = B, with T the triangle of A that is named: `[…, n, n]`, `[…, n, k]` → `[…, n, k]`.
        case triangularSolve(Triangle)
        /// Q and R of A = Q R: `[…, m, n]` → `[…, m·p + p·n]` with p = min(m, n), or m when `complete`.
        ///
        /// By Householder's reflections: R's diagonal has the signs that LAPACK's `geqrf` gives it.
        case orthogonalTriangular(complete: Bool)
        /// U, s and Vᵀ of A = U diag(s) Vᵀ: `[…, m, n]` → `[…, m·k + k + k·n]`, k = min(m, n), s falling.
        case singularValues
        /// Eigenvalues, rising, and eigenvectors as columns: `[…, n, n]` → `[…, n + n·n]`. Reads A's lower triangle.
        case symmetricEigen
        /// sign(det A), log |det A| and det A by LU: `[…, n, n]` → `[…, 3]`; 0, −∞ and 0 for a singular matrix.
        case determinant
    }

    /// Which triangle of a matrix stands for all of it, and how.
    public struct Triangle: Sendable, Hashable {
        /// The upper triangle; else the lower one.
        public let upper: Bool
        /// Whether the triangle's transpose is meant.
        public let transposed: Bool
        /// Whether the diagonal is taken to be ones and not read.
        public let unitDiagonal: Bool

        /// Describes a triangle.
        public init(upper: Bool, transposed: Bool, unitDiagonal: Bool) {
            self.upper = upper
            self.transposed = transposed
            self.unitDiagonal = unitDiagonal
        }
    }

    /// What is computed.
    public let function: Function
    /// The operation that asks, by its name in messages.
    public let operation: String

    /// Describes a request.
    public init(_ function: Function, for operation: String) {
        self.function = function
        self.operation = operation
    }
}
