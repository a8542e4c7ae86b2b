// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Picks slices along the first axis.
    func gather(_ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {
        let source = inputs[0], indices = inputs[1]
        let rows = source.shape[0], count = indices.shape.elementCount
        let places = try indices.checkedIndices(below: rows, operation: "gather")
        guard count > 0 else { return }  // Nothing to pick.
        let width = outputs[0].shape.elementCount / count
        kd_gather(
            source.address, places, outputs[0].address, Int64(count), Int64(rows),
            Int64(width * source.dtype.byteCount))
    }
}

extension Operand {
    /// The int64 elements, each in −rows ..< rows.
    /// - Throws: `TensorError` with code `indexOutOfRange`.
    func checkedIndices(below rows: Int, operation: String) throws(TensorError) -> UnsafePointer<Int64>? {
        let count = shape.elementCount
        guard count > 0, let indices = address?.assumingMemoryBound(to: Int64.self) else { return nil }
        let bad = kd_first_bad_index(indices, Int64(count), Int64(rows))
        if bad >= 0 {
            throw TensorError(
                .indexOutOfRange, operation: operation,
                "index \(indices[Int(bad)]) at place \(bad) is outside of the first axis, which has size \(rows)",
                remedy: rows == 0
                    ? "the tensor is empty: give no indices" : "give indices in \(-rows) ... \(rows - 1)")
        }
        return UnsafePointer(indices)
    }
}
