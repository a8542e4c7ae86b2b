// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The lower triangular L of A = L Lᵀ, for symmetric positive definite matrices in the last two axes.
    ///
    /// `[…, n, n]` → `[…, n, n]`, float32 or float64; zero above the diagonal. Only A's lower triangle is read. The
    /// gradient, after Murray, *Differentiation of the Cholesky decomposition* (2016), is given as symmetric.
    ///
    ///     let factor = covariance.cholesky()
    ///     let sample = factor.matmul(.randn([3]))
    ///
    /// Refused: matrices that are not square, other types, and a matrix that is not positive definite, by its place in
    /// the batch.
    public func cholesky() -> Tensor { dispatch(CholeskyFactor(), [self]) }
}

private struct CholeskyFactor: Op {
    var name: String { "cholesky" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        try inputs[0].requireMatrices(name, square: true)
        return inputs[0].spec
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .linearAlgebra(LinearAlgebra(.cholesky, for: name)) }

    /// L⁻ᵀ Φ(Lᵀ G) L⁻¹, made symmetric, where Φ keeps the lower triangle and half of the diagonal.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let factor = saved.output
        let kept = factor.triangle(factor.rowCount, below: 1, on: 0.5, above: 0)
        let middle = factor.transposed().matmul(upstream) * kept
        let left = factor.triangularSolve(middle, transposed: true)
        return [factor.triangularSolve(left.transposed(), transposed: true).symmetrized()]
    }
}
