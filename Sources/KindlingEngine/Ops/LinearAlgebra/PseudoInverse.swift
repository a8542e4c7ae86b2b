// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The Moore-Penrose inverse of matrices in the last two axes, of any shape and rank.
    ///
    /// `[…, m, n]` → `[…, n, m]`, float32 or float64: V diag(1 / s) Uᵀ over the singular values that count. The gradient
    /// is that of Golub and Pereyra, *The differentiation of pseudo-inverses* (1973), which asks for a constant rank.
    /// - Parameter tolerance: The share of the largest singular value up to which others are taken for zero;
    ///   max(m, n) times the type's precision by default.
    ///
    ///     let smallest = a.pseudoInverse().matmul(b)
    ///
    /// Refused: other types, a tolerance outside 0 ... 1, and a matrix with NaN or infinity, by its place in the batch.
    public func pseudoInverse(tolerance: Double? = nil) -> Tensor {
        let name = "pseudoInverse"
        if let result = suspendingPrecision(name, { $0.pseudoInverse(tolerance: tolerance) }) { return result }
        if let failure = refused(name, tolerance: tolerance) { return failure }
        let (m, n) = (rowCount, shape.last)
        guard Swift.min(m, n) > 0 else { return transposed() }
        let (u, s, vh) = detached().svd(for: name)
        guard !s.value.isPlaceholder else { return s }
        let counted = (s .> smallestCounted(s, tolerance)).converted(to: dtype)
        let scale = (s * counted).reciprocalOrZero().insertingAxis(at: -1)
        let inverse = (scale * u.transposed())
        return dispatch(PseudoInverse(), [self, vh.transposed().matmul(inverse)])
    }
}

/// Passes on the second input, the pseudoinverse of the first, with the gradient for the first.
private struct PseudoInverse: Op {
    var name: String { "pseudoInverse" }
    var isComposed: Bool { true }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[1].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.backend.run(.copy, inputs[1].value, into: output)
    }

    /// −Pᵀ G Pᵀ + (I − A P) Gᵀ P Pᵀ + Pᵀ P Gᵀ (I − P A).
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (a, p) = (saved.inputs[0], saved.output)
        let (turned, back) = (p.transposed(), upstream.transposed())
        let outside = back - a.matmul(p.matmul(back))
        let inside = back - back.matmul(p).matmul(a)
        return [
            outside.matmul(p).matmul(turned) + turned.matmul(p).matmul(inside)
                - turned.matmul(upstream).matmul(turned),
            nil,
        ]
    }
}
