// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Rows of a table (this tensor) picked by number: table `[R, E]`, indices `[…]` → `[…, E]`.
    ///
    /// Numbers count from the end where negative. The gradient adds up in the rows that were picked. Refuses a table
    /// that is no matrix, indices that are not whole numbers, and, as an error that names it, an index outside.
    ///
    ///     let vectors = table.embedding(tokens, paddingIndex: 0)     // [8, 128] → [8, 128, 64]
    /// - Parameters:
    ///   - indices: Whole numbers, any shape.
    ///   - paddingIndex: A row that is picked as any other but gets no gradient; nil for none.
    public func embedding(_ indices: Tensor, paddingIndex: Int? = nil) -> Tensor {
        if value.isPlaceholder { return self }
        if indices.value.isPlaceholder { return indices }
        guard rank == 2 else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "embedding", "a table of shape \(shape) is no matrix",
                    remedy: "give [rows, width]"), spec)
        }
        guard !indices.dtype.isFloatingPoint, indices.dtype != .bool else {
            return .failed(
                TensorError(
                    .dtypeMismatch, operation: "embedding",
                    "indices of \(indices.dtype.name) are not whole numbers",
                    remedy: "convert them: converted(to: .int64)"), spec)
        }
        let rows = gathered(at: indices)
        guard let paddingIndex else { return rows }
        guard let row = shape.row(paddingIndex) else {
            return .failed(
                TensorError(
                    .indexOutOfRange, operation: "embedding",
                    "padding index \(paddingIndex) is not a row of a table of \(shape[0])",
                    remedy: "use 0 ..< \(shape[0]), or −1 for the last"), spec)
        }
        let whole = indices.converted(to: .int64)
        let fromFront = Tensor([row], on: device) .== whole
        let isPadding = fromFront.maximum(Tensor([row - shape[0]], on: device) .== whole)
        return rows.detached().selected(where: isPadding.reshaped(to: indices.shape).insertingAxis(at: -1), else: rows)
    }
}

extension Shape {
    /// The row counted from the front that `index` names, where −1 is the last one, or nil when there is none.
    fileprivate func row(_ index: Int) -> Int? {
        guard index < self[0], index >= -self[0] else { return nil }
        return index < 0 ? index + self[0] : index
    }
}
