// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The elements on a diagonal of two axes, as a new last axis in their place; no elements move.
    ///
    ///     Tensor([[1, 2], [3, 4]]).diagonal()             // 1, 4
    ///     Tensor([[1, 2], [3, 4]]).diagonal(offset: 1)    // 2
    ///
    /// Any type. A diagonal outside the matrix is empty. One axis named twice, and axes that do not exist, are refused.
    /// - Parameter offset: Column − row, by default 0: the main diagonal.
    public func diagonal(offset: Int = 0, rows: Int = -2, columns: Int = -1) -> Tensor {
        noting { () throws(TensorError) in
            let axes = try places(ofAxes: [rows, columns], "diagonal")
            return seen("diagonal", .diagonal(offset: offset, rows: axes[0], columns: axes[1]))
        }
    }

    /// Square matrices with the last axis on a diagonal and zeros elsewhere: `[…, N]` → `[…, N + |offset|, N + |offset|]`.
    ///
    ///     Tensor([1, 2]).diagonalMatrix()         // [[1, 0], [0, 2]]
    ///
    /// Any type. A scalar, and a result too large to be addressed, are refused.
    public func diagonalMatrix(offset: Int = 0) -> Tensor {
        noting { () throws(TensorError) in
            guard rank > 0 else {
                throw TensorError(
                    .shapeMismatch, operation: "diagonalMatrix", "a scalar fills no diagonal",
                    remedy: "reshape it to [1]")
            }
            let distance = offset.magnitude > UInt(Int32.max) ? -1 : Int(offset.magnitude)
            let size = distance < 0 ? -1 : shape.last + distance
            var target = shape.appending(size)
            target[rank - 1] = size
            guard target.isValid else {
                throw TensorError(
                    .invalidValue, operation: "diagonalMatrix",
                    "diagonal \(offset) of shape \(shape) makes no matrix that can be addressed",
                    remedy: "use a smaller offset, or fewer axes")
            }
            return embedded("diagonalMatrix", .diagonal(offset: offset, rows: rank - 1, columns: rank), in: target)
        }
    }

    /// The sum of the elements on a diagonal of the last two axes: `[…, R, C]` → `[…]`.
    ///
    ///     Tensor([[1, 2], [3, 4]]).trace()        // 5
    ///
    /// Whole numbers are summed as int64. Fewer than two axes are refused.
    public func trace(offset: Int = 0) -> Tensor {
        noting { () throws(TensorError) in
            guard rank >= 2 else {
                throw TensorError(
                    .shapeMismatch, operation: "trace", "shape \(shape) is no matrix",
                    remedy: "give a tensor of at least two axes")
            }
            return diagonal(offset: offset).sum(over: -1)
        }
    }
}
