// SPDX-License-Identifier: Apache-2.0

extension LinearAlgebra {
    /// Why a matrix could not be worked on.
    public enum Failure: Sendable, Hashable {
        /// A pivot, counted from 0, is zero.
        case singular(pivot: Int)
        /// The leading block of this order has no positive determinant.
        case notPositiveDefinite(order: Int)
        /// An element is NaN or infinite.
        case notFinite
        /// The iteration did not come to an end.
        case notConverged
    }

    /// The error for matrix number `matrix`, counted in row-major order, of a batch.
    public func failure(_ failure: Failure, matrix: Int, of batch: Shape) -> TensorError {
        let subject = Self.name(of: matrix, in: batch)
        switch failure {
        case .singular(let pivot):
            return TensorError(
                .invalidValue, operation: operation, "\(subject) is singular: pivot \(pivot) is zero",
                remedy: "add a small multiple of the identity, or use pseudoInverse()")
        case .notPositiveDefinite(let order):
            return TensorError(
                .invalidValue, operation: operation,
                "\(subject) is not positive definite: its leading block of order \(order) is not",
                remedy: "check that it is symmetric, and add a small multiple of the identity")
        case .notFinite:
            return TensorError(
                .invalidValue, operation: operation, "\(subject) has elements that are NaN or infinite",
                remedy: "find where they come from with isFinite()")
        case .notConverged:
            return TensorError(
                .invalidValue, operation: operation, "the iteration did not converge for \(subject)",
                remedy: "scale the matrix to elements near 1, or compute in float64")
        }
    }

    /// `the matrix` where there is one, else `matrix [0, 2] of the batch [2, 3]`.
    private static func name(of matrix: Int, in batch: Shape) -> String {
        guard batch.rank > 0 else { return "the matrix" }
        var rest = matrix
        var index: [Int] = []
        for size in batch.dimensions.reversed() {
            index.append(rest % max(1, size))
            rest /= max(1, size)
        }
        return "matrix \(Shape(index.reversed())) of the batch \(batch)"
    }
}
