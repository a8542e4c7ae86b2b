// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Q with orthonormal columns and upper triangular R, A = Q R, for matrices in the last two axes.
    ///
    /// `[…, m, n]` → `[…, m, p]` and `[…, p, n]`, float32 or float64, by Householder's reflections, as LAPACK's `geqrf`:
    /// R's diagonal may be negative. The gradient, after Walter, Lehmann and Lamour, *On evaluating higher-order
    /// derivatives of the QR decomposition of tall matrices* (2012), needs the first columns to be independent.
    /// - Parameter complete: Whether p is m; min(m, n) by default. With m > n a complete Q has no gradient.
    ///
    ///     let (q, r) = a.qr()
    ///     let same = q.matmul(r)
    public func qr(complete: Bool = false) -> (q: Tensor, r: Tensor) {
        if let result = suspendingPrecision("qr", { $0.qr(complete: complete) }) { return result }
        if let failure = refused("qr") { return (failure, failure) }
        let (m, n) = (rowCount, shape.last)
        guard node != nil, m < n else { return factored(complete: complete) }
        // The first columns determine Q; the others are only seen by it.
        let (q, first) = sliced(0..<m, along: -1).factored(complete: false)
        return (q, .concatenated([first, q.transposed().matmul(sliced(m..<n, along: -1))], along: -1))
    }

    private func factored(complete: Bool) -> (q: Tensor, r: Tensor) {
        let (m, n) = (rowCount, shape.last)
        let packed = dispatch(OrthogonalTriangular(complete: complete), [self])
        guard !packed.value.isPlaceholder else { return (packed, packed) }
        let inner = complete ? m : Swift.min(m, n)
        return (packed.unpacked(from: 0, m, inner), packed.unpacked(from: m * inner, inner, n))
    }
}

private struct OrthogonalTriangular: Op {
    let complete: Bool
    var name: String { "qr" }

    private func inner(_ matrices: Tensor) -> Int {
        complete ? matrices.rowCount : min(matrices.rowCount, matrices.shape.last)
    }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let input = inputs[0]
        try input.requireMatrices(name)
        let inner = inner(input)
        let counts = (countable(input.rowCount, inner), countable(inner, input.shape.last))
        let packed = counts.0 < 0 || counts.1 < 0 ? -1 : counts.0 &+ counts.1
        return TensorSpec(shape: Shape(input.batchSizes + [packed]), dtype: input.dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .linearAlgebra(LinearAlgebra(.orthogonalTriangular(complete: complete), for: name))
    }

    /// (Ḡ + Q S) R⁻ᵀ with Ḡ the gradient of Q, S symmetric of the lower triangle of R H ᵀ − Ḡᵀ Q, and H that of R.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let input = saved.inputs[0]
        let (m, n) = (input.rowCount, input.shape.last)
        guard !complete || m <= n else {
            return [
                .failed(
                    TensorError(
                        .noGradient, operation: name,
                        "a complete Q of matrices of shape \(input.shape) has no gradient",
                        remedy: "use qr() without complete: true"), input.spec)
            ]
        }
        let q = saved.output.unpacked(from: 0, m, n)
        let r = saved.output.unpacked(from: m * n, n, n)
        let ofQ = upstream.unpacked(from: 0, m, n)
        let ofR = upstream.unpacked(from: m * n, n, n)
        let middle = r.matmul(ofR.transposed()) - ofQ.transposed().matmul(q)
        let lower = middle * middle.triangle(n, below: 1, on: 0.5, above: 0)
        let sum = ofQ + q.matmul(lower + lower.transposed())
        let triangle = LinearAlgebra.Triangle(upper: true, transposed: false, unitDiagonal: false)
        return [r.triangularSolve(sum.transposed(), triangle, for: "gradient of qr").transposed()]
    }
}
