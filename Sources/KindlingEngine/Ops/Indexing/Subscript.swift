// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A part of the tensor, one index for each axis from the first on; axes that are not named stay whole.
    ///
    ///     x[1..., 0, .ellipsis]       // rows from 1 on, of each the first slice
    ///     x[rows, columns]            // the elements that two tensors of whole numbers name in pairs
    ///     x[x .> 0]                   // the elements where a mask is true, [N]
    ///
    /// Numbers, ranges, forward strides, `.all`, `.ellipsis` and `.newAxis` move no elements; a backward stride and
    /// tensors copy. Tensors of indices stand next to each other and broadcast, and their axes take the place of those
    /// that they index. A mask of bool stands for as many axes as it has, and for tensors of the indices where it is true;
    /// it is read. What is outside an axis is refused, and nothing is cut to fit. The gradient is zero for what is
    /// not in the part.
    public subscript(_ indices: any TensorIndex...) -> Tensor {
        noting { () throws(TensorError) in try part(IndexPlan(indices.map(\.axisIndex), shape)) }
    }

    /// The tensor with a part replaced, which is named as in brackets.
    ///
    ///     x.replacing(0, 1..., with: row)         // as x[0, 1:] = row in NumPy, but a new tensor
    ///
    /// The other tensor broadcasts to the part's shape and becomes this tensor's type. Where tensors of indices name an
    /// element several times, the last one wins. The gradient flows to both, each for what it contributes.
    public func replacing(_ indices: any TensorIndex..., with other: Tensor) -> Tensor {
        noting { () throws(TensorError) in
            if other.value.isPlaceholder { return other }
            let plan = try IndexPlan(indices.map(\.axisIndex), shape)
            if plan.isSight {
                let sight = Sight.axes(plan.sights)
                let part = detached().seen("replace", sight)
                return overlaid("replace", sight, with: try other.fitted(to: part, "replace").converted(to: dtype))
            }
            let places = try Tensor.indices(elementCount, on: device).reshaped(to: shape).part(plan)
            return overwritten(at: places, with: try other.fitted(to: places, "replace").converted(to: dtype))
        }
    }

    private func part(_ plan: IndexPlan) throws(TensorError) -> Tensor {
        var part = seen("index", .axes(plan.sights))
        if !plan.reversed.isEmpty { part = part.flipped(overAxes: plan.reversed) }
        guard let first = plan.picks.first?.axis else { return part }
        if let failed = plan.picks.first(where: { $0.indices.value.isPlaceholder }) { return failed.indices }
        for pick in plan.picks { try requireDevice(of: pick.indices, "index") }
        // Several axes become one, whose index is counted in row-major order.
        var places: Tensor?
        for (axis, indices) in plan.picks {
            let counted = indices.counted(fromStartOf: part.shape[axis])
            guard let before = places else {
                places = counted
                continue
            }
            guard before.shape.broadcast(with: counted.shape) != nil else {
                throw TensorError(
                    .shapeMismatch, operation: "index",
                    "tensors of indices of shapes \(before.shape) and \(counted.shape) do not fit each other",
                    remedy: "sizes must be equal, or 1")
            }
            places = before * part.shape[axis] + counted
        }
        guard let places else { internalFault("indices that pick are missing") }
        let sizes = part.shape.dimensions
        let last = first + plan.picks.count
        let merged = part.reshaped(
            to: Shape(sizes[..<first] + [sizes[first..<last].reduce(1, *)] + sizes[last...]))
        return merged.gathered(at: places, along: first)
    }
}
