// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// One element for each index, from the place's own line along an axis, as PyTorch's `take_along_dim`.
    ///
    ///     scores.taken(at: scores.argmax(over: -1, keepDims: true), along: -1)     // the largest of each row
    ///
    /// Along axis 1: y[a, i, b] = x[a, indices[a, i, b], b]. The indices have as many axes as the tensor; their sizes
    /// along the others are equal to the tensor's, or 1 and repeated. Whole numbers; negative ones count from the end.
    /// Others, and indices outside the axis, are refused.
    public func taken(at indices: Tensor, along axis: Int) -> Tensor {
        noting { () throws(TensorError) in
            let places = try elementPlaces(indices, along: axis, "takeAlong")
            return reshaped(to: [elementCount]).gathered(at: places)
        }
    }

    /// For each index into its line along an axis, the element's number in row-major order.
    func elementPlaces(_ indices: Tensor, along axis: Int, _ operation: String) throws(TensorError) -> Tensor {
        let place = try place(ofAxis: axis, operation)
        try requireIndices(indices, operation)
        if indices.value.isPlaceholder { return indices }
        var target = shape
        if indices.rank == rank { target[place] = indices.shape[place] }
        guard indices.rank == rank, indices.shape.broadcast(with: target) == target else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "indices of shape \(indices.shape) do not fit shape \(shape) along axis \(place)",
                remedy: "give as many axes, each of the same size or 1, except axis \(place)")
        }
        let (outer, size, inner) = folded(around: place)
        let lines = indices.counted(fromStartOf: size).expanded(to: target).reshaped(
            to: [outer, target[place], inner])
        let firsts = Tensor.indices(outer, on: device).reshaped(to: [outer, 1, 1]) * (size &* inner)
        let steps = Tensor.indices(inner, on: device).reshaped(to: [1, 1, inner])
        return (lines * inner + firsts + steps).reshaped(to: target)
    }
}
