// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Slices along the first axis, picked by index: `[R, …]` and int64 `[N]` → `[N, …]`.
    ///
    /// Negative indices count from the end. An index outside the axis is an error that names it.
    ///
    ///     Tensor([10.0, 20.0, 30.0]).gathered(at: Tensor([2, 0]))      // [30, 10]
    public func gathered(at indices: Tensor) -> Tensor {
        guard rank > 0 else {
            return .failed(
                TensorError(.shapeMismatch, operation: "gather", "a scalar has no slices to pick"), spec)
        }
        guard !indices.dtype.isFloatingPoint else {
            return .failed(
                TensorError(
                    .dtypeMismatch, operation: "gather", "indices of \(indices.dtype.name) are not whole numbers",
                    remedy: "convert them: converted(to: .int64)"), spec)
        }
        let flat = indices.converted(to: .int64).flattened()
        let picked = dispatch(Gather(), [self, flat])
        return indices.rank == 1
            ? picked : picked.reshaped(to: Shape(indices.shape.dimensions + shape.dimensions.dropFirst()))
    }
}

extension Tensor {
    /// Slices along an axis, picked by index, as PyTorch's `index_select`: `[A, R, B]` and `[N]` → `[A, N, B]`.
    ///
    ///     x.gathered(at: Tensor([2, 0] as [Int]), along: -1)      // the third and the first column
    ///
    /// The indices' own axes, of any number, take the place of the axis. They are whole numbers; negative ones count
    /// from the end. One outside the axis, and an axis that does not exist, are refused.
    public func gathered(at indices: Tensor, along axis: Int) -> Tensor {
        noting { () throws(TensorError) in
            let place = try place(ofAxis: axis, "gather")
            try requireIndices(indices, "gather")
            if indices.value.isPlaceholder { return indices }
            if place == 0 { return gathered(at: indices) }
            let (outer, size, inner) = folded(around: place)
            let firsts = Tensor.indices(outer, on: device).reshaped(to: [outer, 1]) * size
            let count = indices.elementCount
            let rows = (firsts + indices.reshaped(to: [1, count]).counted(fromStartOf: size)).reshaped(
                to: [outer &* count])
            let sizes = shape.dimensions
            return reshaped(to: [outer * size, inner]).gathered(at: rows)
                .reshaped(to: Shape(sizes[..<place] + indices.shape.dimensions + sizes[(place + 1)...]))
        }
    }

    /// Indices into an axis of a size, each counted from its start; the device refuses those outside.
    func counted(fromStartOf size: Int) -> Tensor { Tensor.indices(size, on: device).gathered(at: self) }

    /// Refuses what cannot be indices into this tensor.
    func requireIndices(_ indices: Tensor, _ operation: String) throws(TensorError) {
        try indices.requireWholeNumbers(operation)
        try requireDevice(of: indices, operation)
    }

    /// Refuses a tensor of another device, before anything of this tensor's size is made there.
    func requireDevice(of other: Tensor, _ operation: String) throws(TensorError) {
        guard other.value.isPlaceholder || other.device == device else {
            throw TensorError(
                .deviceMismatch, operation: operation,
                "tensors on \(value.backend.name) and \(other.value.backend.name) cannot be combined",
                remedy: "move one of them with copied(to:)")
        }
    }

    /// Refuses what cannot be an index.
    func requireWholeNumbers(_ operation: String) throws(TensorError) {
        guard !dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "indices of \(dtype.name) are not whole numbers",
                remedy: "convert them: converted(to: .int64)")
        }
        guard dtype != .bool else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "a mask of bool is no tensor of indices",
                remedy: "use maskedSelected(_:), or nonZeroIndices() for the mask's indices")
        }
    }
}

private struct Gather: Op {
    var name: String { "gather" }

    func output(_ inputs: [Tensor]) -> TensorSpec {
        var shape = inputs[0].shape
        shape[0] = inputs[1].elementCount
        return TensorSpec(shape: shape, dtype: inputs[0].dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .gather }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [dispatch(ScatterAdd(rows: saved.inputs[0].shape[0]), [saved.inputs[1].detached(), upstream]), nil]
    }
}

/// Zeros with slices added at indices: the gradient of picking them.
struct ScatterAdd: Op {
    let rows: Int
    var name: String { "scatterAdd" }

    func output(_ inputs: [Tensor]) -> TensorSpec {
        var shape = inputs[1].shape
        shape[0] = rows
        return TensorSpec(shape: shape, dtype: inputs[1].dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .scatterAdd }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [nil, upstream.gathered(at: saved.inputs[0])]
    }
}
