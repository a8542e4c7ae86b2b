// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The X of T X = B, where T is a triangle of this tensor's matrices, by substitution.
    ///
    /// `[…, n, n]` with `[n]` or `[…, n, k]` → `[…, n]` or `[…, n, k]`; float32 or float64, leading axes broadcast. The
    /// other triangle is not read, and gets no gradient.
    /// - Parameters:
    ///   - upper: Whether T is the upper triangle; the lower one by default.
    ///   - transposed: Whether Tᵀ X = B is solved instead.
    ///   - unitDiagonal: Whether the diagonal is taken to be ones, and not read.
    ///
    ///     let lower = Tensor([[2.0, 0], [1, 1]])
    ///     let x = lower.triangularSolve(Tensor([2.0, 3]))       // [1, 2]
    ///
    /// Refused: sizes or types that do not fit, and a zero on the diagonal, by the matrix's place in the batch.
    public func triangularSolve(
        _ right: Tensor, upper: Bool = false, transposed: Bool = false, unitDiagonal: Bool = false
    ) -> Tensor {
        let triangle = LinearAlgebra.Triangle(upper: upper, transposed: transposed, unitDiagonal: unitDiagonal)
        return triangularSolve(right, triangle, for: "triangularSolve")
    }

    func triangularSolve(_ right: Tensor, _ triangle: LinearAlgebra.Triangle, for operation: String) -> Tensor {
        right.asColumns(of: self) {
            dispatch(TriangleSolve(name: operation, triangle: triangle), [self, $0])
        }
    }
}

private struct TriangleSolve: Op {
    let name: String
    let triangle: LinearAlgebra.Triangle

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec { try solutionSpec(inputs[0], inputs[1], name) }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .linearAlgebra(LinearAlgebra(.triangularSolve(triangle), for: name))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        try value.repeated(over: output.shape)
    }

    /// With H = T⁻ᵀ G: H for B; −H Xᵀ for T, or its transpose for Tᵀ, within the triangle.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (matrices, right) = (saved.inputs[0], saved.inputs[1])
        let opposite = LinearAlgebra.Triangle(
            upper: triangle.upper, transposed: !triangle.transposed, unitDiagonal: triangle.unitDiagonal)
        let back = dispatch(TriangleSolve(name: name, triangle: opposite), [matrices, upstream])
        var result: [Tensor?] = [nil, saved.needs(1) ? back.reduced(to: right.shape) : nil]
        if saved.needs(0) {
            let product =
                triangle.transposed
                ? saved.output.matmul(back.transposed()) : back.matmul(saved.output.transposed())
            let kept = matrices.triangle(
                matrices.rowCount, below: triangle.upper ? 0 : -1, on: triangle.unitDiagonal ? 0 : -1,
                above: triangle.upper ? -1 : 0)
            result[0] = (product * kept).reduced(to: matrices.shape)
        }
        return result
    }
}
