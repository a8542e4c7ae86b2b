// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Eigenvalues, rising, and eigenvectors as columns, of symmetric matrices in the last two axes.
    ///
    /// `[…, n, n]` → `[…, n]` and `[…, n, n]`, float32 or float64, by LAPACK's `syevd`. Only the lower triangle is read.
    /// Each vector may change sign, so a loss should not depend on it. The gradient is symmetric; it divides by
    /// differences of eigenvalues, and what belongs to equal ones is taken as 0, which is right for losses that do not
    /// depend on the choice of vectors there.
    ///
    ///     let (values, vectors) = covariance.eigh()
    ///     let same = (vectors * values.insertingAxis(at: -2)).matmul(vectors.transposed())
    ///
    /// Refused: matrices that are not square, other types, and a matrix with NaN or infinity, by its place in the batch.
    public func eigh() -> (values: Tensor, vectors: Tensor) {
        let packed = dispatch(SymmetricEigen(), [self])
        guard !packed.value.isPlaceholder else { return (packed, packed) }
        return packed.eigenParts(rowCount)
    }

    /// The parts of one vector for each matrix.
    fileprivate func eigenParts(_ n: Int) -> (values: Tensor, vectors: Tensor) {
        (unpacked(from: 0, n), unpacked(from: n, n, n))
    }
}

private struct SymmetricEigen: Op {
    var name: String { "eigh" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let input = inputs[0]
        try input.requireMatrices(name, square: true)
        // n² is a valid size already.
        return TensorSpec(
            shape: Shape(input.batchSizes + [input.rowCount + input.rowCount * input.rowCount]), dtype: input.dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .linearAlgebra(LinearAlgebra(.symmetricEigen, for: name)) }

    /// V (diag(g) + (Vᵀ H) ∘ F) Vᵀ, made symmetric, with Fᵢⱼ = 1 / (λⱼ − λᵢ).
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let n = saved.inputs[0].rowCount
        let (values, vectors) = saved.output.eigenParts(n)
        let (ofValues, ofVectors) = upstream.eigenParts(n)
        let gaps = (values.insertingAxis(at: -2) - values.insertingAxis(at: -1)).reciprocalOrZero()
        let middle =
            values.identity(n) * ofValues.insertingAxis(at: -1) + vectors.transposed().matmul(ofVectors) * gaps
        return [vectors.matmul(middle).matmul(vectors.transposed()).symmetrized()]
    }
}
