// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The X of L Lᵀ X = B, where this tensor is L: what ``cholesky()`` gives.
    ///
    /// `[…, n, n]` with `[n]` or `[…, n, k]`; leading axes broadcast. Only the lower triangle is read. Gradients flow to
    /// both. Refused as by ``triangularSolve(_:upper:transposed:unitDiagonal:)``.
    ///
    ///     let factor = covariance.cholesky()
    ///     let weights = factor.choleskySolve(targets)
    public func choleskySolve(_ right: Tensor) -> Tensor {
        right.asColumns(of: self) { columns in
            let half = triangularSolve(columns, Self.lower(transposed: false), for: "choleskySolve")
            return triangularSolve(half, Self.lower(transposed: true), for: "choleskySolve")
        }
    }

    private static func lower(transposed: Bool) -> LinearAlgebra.Triangle {
        LinearAlgebra.Triangle(upper: false, transposed: transposed, unitDiagonal: false)
    }
}
