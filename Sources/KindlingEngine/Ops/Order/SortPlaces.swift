// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The places of the elements along the last axis, in the order of the elements.
private struct SortPlaces: Op {
    let name: String
    let sort: Sort

    func output(_ inputs: [Tensor]) -> TensorSpec {
        var shape = inputs[0].shape
        shape[shape.rank - 1] = sort.count
        return TensorSpec(shape: shape, dtype: .int64)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .sort(sort) }
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] { [nil] }
}

extension Tensor {
    /// The places of the first `count` elements of each row, in order.
    func sortedPlaces(_ name: String, count: Int, descending: Bool) -> Tensor {
        dispatch(SortPlaces(name: name, sort: Sort(descending: descending, count: count)), [self])
    }

    /// The first `count` elements along an axis counted from the front, in order, and their places.
    func ordered(
        _ name: String, axis: Int, count: Int, descending: Bool
    ) -> (values: Tensor, indices: Tensor) {
        if value.isPlaceholder { return (self, self) }
        let rows = axis == rank - 1 ? self : transposed(axis, -1)
        let places = rows.detached().sortedPlaces(name, count: count, descending: descending)
        let values = rows.picked(at: places)
        return axis == rank - 1 ? (values, places) : (values.transposed(axis, -1), places.transposed(axis, -1))
    }

    /// Elements of each row by place: `[…, n]` and int64 `[…, k]` → `[…, k]`; the gradient flows back to them.
    private func picked(at places: Tensor) -> Tensor {
        let (count, length) = (places.shape.last, shape.last)
        guard places.elementCount > 0 else {
            return sliced(0..<count, along: -1).reshaped(to: places.shape)
        }
        let rowCount = elementCount / length
        let starts = Tensor.indices(rowCount, on: device).reshaped(to: [rowCount, 1]) * length
        let flat = (places.reshaped(to: [rowCount, count]) + starts).flattened()
        return flattened().gathered(at: flat).reshaped(to: places.shape)
    }
}
