// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The X that makes ‖A X − B‖ smallest, where this tensor is A, by QR; with more columns than rows, the smallest X.
    ///
    /// `[…, m, n]` with a vector `[m]` or columns `[…, m, k]` → `[…, n]` or `[…, n, k]`; float32 or float64, leading axes
    /// broadcast. A must be of full rank; else use `a.pseudoInverse().matmul(b)`.
    ///
    ///     let line = Tensor([[1.0, 0], [1, 1], [1, 2]]).leastSquares(Tensor([1.0, 3, 5]))     // [1, 2]
    ///
    /// Refused: sizes or types that do not fit, and a matrix whose R has a zero on its diagonal, by its place in the
    /// batch.
    public func leastSquares(_ right: Tensor) -> Tensor {
        let name = "leastSquares"
        let right = right.prepared(for: name)
        if let result = suspendingPrecision(name, { $0.leastSquares(right) }) { return result }
        if let failure = refused(name) { return failure }
        if right.value.isPlaceholder { return right }
        if let error = mismatch(right, name) { return .failed(error, right.spec) }
        return right.asColumns(of: self) { columns in
            if rowCount >= shape.last {
                let (q, r) = qr()
                let upper = LinearAlgebra.Triangle(upper: true, transposed: false, unitDiagonal: false)
                return r.triangularSolve(q.transposed().matmul(columns), upper, for: name)
            }
            let (q, r) = transposed().qr()
            let lower = LinearAlgebra.Triangle(upper: true, transposed: true, unitDiagonal: false)
            return q.matmul(r.triangularSolve(columns, lower, for: name))
        }
    }

    private func mismatch(_ right: Tensor, _ operation: String) -> TensorError? {
        guard right.dtype == dtype else {
            return TensorError(
                .dtypeMismatch, operation: operation, "types \(dtype.name) and \(right.dtype.name) differ",
                remedy: "convert one: converted(to: .\(dtype.name))")
        }
        let rows = right.rank == 1 ? right.shape.last : right.rowCount
        guard right.rank >= 1, rows == rowCount else {
            return TensorError(
                .shapeMismatch, operation: operation,
                "a right side of shape \(right.shape) does not fit matrices of shape \(shape)",
                remedy: "give [\(rowCount)] or […, \(rowCount), columns]")
        }
        let batch = right.rank == 1 ? Shape() : Shape(right.batchSizes)
        guard Shape(batchSizes).broadcast(with: batch) == nil else { return nil }
        return TensorError(
            .shapeMismatch, operation: operation, "leading axes of shapes \(shape) and \(right.shape) do not fit",
            remedy: "make them equal, or 1")
    }
}
