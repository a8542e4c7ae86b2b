// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The determinant of square matrices in the last two axes, by LU with pivoting.
    ///
    /// `[…, n, n]` → `[…]`, float32 or float64; 1 for matrices without elements. The gradient is det(A) A⁻ᵀ, and so
    /// needs a matrix that is not singular. Large matrices overflow: use ``logDeterminant()``.
    ///
    ///     Tensor([[1.0, 2], [3, 4]]).determinant()      // −2
    public func determinant() -> Tensor {
        dispatch(LogDeterminant(name: "determinant"), [self]).unpacked(from: 2)
    }

    /// sign(det A) and log |det A|, which do not overflow, for square matrices in the last two axes.
    ///
    /// `[…, n, n]` → two of `[…]`, float32 or float64; 0 and −∞ for a singular matrix. The gradient of the logarithm is
    /// A⁻ᵀ, and so needs a matrix that is not singular; none flows through the sign.
    ///
    ///     let (sign, logAbsolute) = covariance.logDeterminant()
    ///     // det = sign · exp(logAbsolute)
    public func logDeterminant() -> (sign: Tensor, logAbsolute: Tensor) {
        let packed = dispatch(LogDeterminant(name: "logDeterminant"), [self])
        return (packed.unpacked(from: 0).detached(), packed.unpacked(from: 1))
    }
}

/// Sign, logarithm of the magnitude, and determinant.
private struct LogDeterminant: Op {
    let name: String

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let input = inputs[0]
        try input.requireMatrices(name, square: true)
        return TensorSpec(shape: Shape(input.batchSizes + [3]), dtype: input.dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .linearAlgebra(LinearAlgebra(.determinant, for: name)) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let matrices = saved.inputs[0]
        let determinant = saved.output.sliced(2..<3, along: -1)
        let scale = upstream.sliced(1..<2, along: -1) + upstream.sliced(2..<3, along: -1) * determinant
        let inverse = dispatch(
            LinearSolve(name: "gradient of \(name)"), [matrices.transposed(), matrices.identity(matrices.rowCount)])
        return [inverse * scale.insertingAxis(at: -1)]
    }
}
