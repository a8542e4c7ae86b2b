// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The elements on and above a diagonal of the last two axes; zeros below.
    ///
    ///     scores.upperTriangle(diagonal: 1)       // without the main diagonal
    ///
    /// Keeps elements with column − row ≥ `diagonal`. Same shape, any type. Fewer than two axes are refused.
    public func upperTriangle(diagonal: Int = 0) -> Tensor { triangle("upperTriangle", diagonal) { $0 .>= $1 } }

    /// The elements on and below a diagonal of the last two axes; zeros above.
    ///
    ///     scores.lowerTriangle()                  // a causal mask's shape
    ///
    /// Keeps elements with column − row ≤ `diagonal`. Same shape, any type. Fewer than two axes are refused.
    public func lowerTriangle(diagonal: Int = 0) -> Tensor { triangle("lowerTriangle", diagonal) { $0 .<= $1 } }

    private func triangle(_ operation: String, _ diagonal: Int, _ keeps: (Tensor, Tensor) -> Tensor) -> Tensor {
        noting { () throws(TensorError) in
            guard rank >= 2 else {
                throw TensorError(
                    .shapeMismatch, operation: operation, "shape \(shape) is no matrix",
                    remedy: "give a tensor of at least two axes")
            }
            let (rows, columns) = (shape[rank - 2], shape[rank - 1])
            // Beyond the corners nothing changes, and the comparison stays in range.
            let limit = Swift.min(Swift.max(diagonal, -rows - 1), columns + 1)
            let difference =
                Tensor.indices(columns, on: device) - Tensor.indices(rows, on: device).reshaped(to: [rows, 1])
            let kept = keeps(difference, Tensor.full([], Double(limit), dtype: .int64, on: device))
            return selected(where: kept, else: .zeros([], dtype: dtype, on: device))
        }
    }
}
