// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Slices along the first axis, picked by index: `[R, …]` and int64 `[N]` → `[N, …]`.
    ///
    /// Negative indices count from the end. An index outside the axis is an error that names it.
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
private struct ScatterAdd: Op {
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
