// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The X of A X = B, where this tensor is A: square matrices in the last two axes, solved by LU with pivoting.
    ///
    /// `[…, n, n]` with a vector `[n]` or columns `[…, n, k]` → `[…, n]` or `[…, n, k]`; float32 or float64, leading axes
    /// broadcast. A right side of one axis is a vector; for a batch of vectors give `[…, n, 1]`.
    ///
    ///     let a = Tensor([[2.0, 0], [0, 4]])
    ///     let x = a.solve(Tensor([2.0, 2]))         // [1, 0.5]
    ///
    /// Refused: sizes or types that do not fit, and a singular matrix, by its place in the batch.
    public func solve(_ right: Tensor) -> Tensor {
        right.asColumns(of: self) { dispatch(LinearSolve(name: "solve"), [self, $0]) }
    }

    /// Runs a solver of columns for this right side: a vector is one column, and becomes a vector again.
    ///
    /// A batch of right sides of a single matrix becomes more columns, so that the matrix is factored once.
    func asColumns(of matrices: Tensor, _ solver: (Tensor) -> Tensor) -> Tensor {
        guard !value.isPlaceholder, !matrices.value.isPlaceholder else { return solver(self) }
        if rank == 1, matrices.rank >= 2 {
            let solution = solver(insertingAxis(at: 1))
            // What stands in for a solution that failed has no axes to take away.
            guard !solution.value.isPlaceholder else { return solution }
            return solution.reshaped(to: solution.shape.removing(axis: solution.rank - 1))
        }
        guard matrices.rank == 2, rank > 2, rowCount == matrices.rowCount, elementCount > 0 else { return solver(self) }
        let (batch, columns) = (batchSizes, shape.last)
        let side = reshaped(to: [-1, rowCount, columns]).permuted(1, 0, 2).reshaped(to: [rowCount, -1])
        let solution = solver(side)
        guard !solution.value.isPlaceholder else { return solution }
        let rows = solution.rowCount
        return solution.reshaped(to: [rows, batch.reduce(1, *), columns]).permuted(1, 0, 2)
            .reshaped(to: Shape(batch + [rows, columns]))
    }
}

/// The solution of general systems.
struct LinearSolve: Op {
    let name: String

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec { try solutionSpec(inputs[0], inputs[1], name) }

    func request(_ inputs: [Tensor]) -> KernelRequest { .linearAlgebra(LinearAlgebra(.solve, for: name)) }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        try value.repeated(over: output.shape)
    }

    /// With H = A⁻ᵀ G: H for B, −H Xᵀ for A.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (matrices, right) = (saved.inputs[0], saved.inputs[1])
        let back = dispatch(LinearSolve(name: name), [matrices.transposed(), upstream])
        return [
            saved.needs(0) ? -back.matmul(saved.output.transposed()).reduced(to: matrices.shape) : nil,
            saved.needs(1) ? back.reduced(to: right.shape) : nil,
        ]
    }
}
