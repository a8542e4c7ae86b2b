// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// U, s and Vᵀ of A = U diag(s) Vᵀ, for matrices in the last two axes; s falls and is not negative.
    ///
    /// `[…, m, n]` → `[…, m, k]`, `[…, k]` and `[…, k, n]` with k = min(m, n), float32 or float64, by LAPACK's `gesdd`.
    /// Pairs of columns of U and V may change sign together, so a loss should not depend on it. The gradient, after
    /// Townsend, *Differentiating the singular value decomposition* (2016), divides by differences of squares of s;
    /// what belongs to equal values, or to zeros, is taken as 0, which is right for losses that do not depend on the
    /// choice of vectors there.
    ///
    ///     let (u, s, vh) = a.svd()
    ///     let same = (u * s.insertingAxis(at: -2)).matmul(vh)
    ///
    /// Refused: other types, and a matrix with NaN or infinity, by its place in the batch.
    public func svd() -> (u: Tensor, s: Tensor, vh: Tensor) { svd(for: "svd") }

    func svd(for operation: String) -> (u: Tensor, s: Tensor, vh: Tensor) {
        let packed = dispatch(SingularValueDecomposition(name: operation), [self])
        guard !packed.value.isPlaceholder else { return (packed, packed, packed) }
        return packed.singularParts(rowCount, shape.last)
    }

    /// The parts of one vector for each matrix.
    fileprivate func singularParts(_ m: Int, _ n: Int) -> (u: Tensor, s: Tensor, vh: Tensor) {
        let k = Swift.min(m, n)
        return (unpacked(from: 0, m, k), unpacked(from: m * k, k), unpacked(from: m * k + k, k, n))
    }
}

private struct SingularValueDecomposition: Op {
    let name: String

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let input = inputs[0]
        try input.requireMatrices(name)
        let (m, n) = (input.rowCount, input.shape.last)
        let k = min(m, n)
        // Neither product is more than m n, which is a valid size already.
        return TensorSpec(shape: Shape(input.batchSizes + [m * k + k + k * n]), dtype: input.dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .linearAlgebra(LinearAlgebra(.singularValues, for: name)) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (m, n) = (saved.inputs[0].rowCount, saved.inputs[0].shape.last)
        let k = min(m, n)
        let (u, s, vh) = saved.output.singularParts(m, n)
        let (ofU, ofS, ofVh) = upstream.singularParts(m, n)
        let column = s.insertingAxis(at: -1)
        let row = s.insertingAxis(at: -2)
        let inU = u.transposed().matmul(ofU)
        let inV = vh.matmul(ofVh.transposed())
        // 1 / (sⱼ² − sᵢ²) in two factors, as the square of a small s is no number.
        let difference = (row - column).reciprocalOrZero()
        let sum = (row + column).reciprocalOrZero()
        let turnU = (inU - inU.transposed()) * difference * sum
        let turnV = (inV - inV.transposed()) * difference * sum
        let middle = turnU * row + column * turnV + s.identity(k) * ofS.insertingAxis(at: -1)
        var result = u.matmul(middle).matmul(vh)
        if m > k { result = result + ((ofU - u.matmul(inU)) * row.reciprocalOrZero()).matmul(vh) }
        if n > k {
            let outside = ofVh - inV.transposed().matmul(vh)
            result = result + u.matmul(column.reciprocalOrZero() * outside)
        }
        return [result]
    }
}
