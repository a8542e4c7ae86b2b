// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The tensor with values put in at indices along an axis, as PyTorch's `scatter`.
    ///
    ///     x.scattered(values, at: indices, along: 1)
    ///
    /// Along axis 1: y[a, indices[a, i, b], b] = values[a, i, b]. The indices are as for ``taken(at:along:)``; the values
    /// have their shape or broadcast to it and become the tensor's type. Where several values meet in one place, the
    /// last one in row-major order wins, on every device; finding it takes log₂ of their number of passes. The gradient
    /// flows to the values that stand and to the elements that stay.
    public func scattered(_ values: Tensor, at indices: Tensor, along axis: Int) -> Tensor {
        noting { () throws(TensorError) in
            let places = try elementPlaces(indices, along: axis, "scatter")
            return overwritten(at: places, with: try values.fitted(to: places, "scatter").converted(to: dtype))
        }
    }

    /// The tensor with values added at indices along an axis, as PyTorch's `scatter_add`.
    ///
    ///     counts.scatterAdded(ones, at: classes, along: 0)        // a histogram
    ///
    /// Along axis 1: y[a, indices[a, i, b], b] += values[a, i, b], each of several that meet in one place. Shapes as for
    /// ``scattered(_:at:along:)``. Whole numbers are added as float64, exactly up to 2⁵³.
    public func scatterAdded(_ values: Tensor, at indices: Tensor, along axis: Int) -> Tensor {
        noting { () throws(TensorError) in
            let places = try elementPlaces(indices, along: axis, "scatterAdd")
            let numbers = dtype.isFloatingPoint ? dtype : .float64
            let added = try values.fitted(to: places, "scatterAdd").converted(to: numbers)
            let sum = added.summed(at: places, count: elementCount).reshaped(to: shape)
            return dtype.isFloatingPoint ? self + sum : self + sum.converted(to: dtype)
        }
    }

    /// Repeats values to the shape of the places that they go to.
    func fitted(to places: Tensor, _ operation: String) throws(TensorError) -> Tensor {
        if value.isPlaceholder || places.value.isPlaceholder { return self }
        guard shape.broadcast(with: places.shape) == places.shape else {
            throw TensorError(
                .shapeMismatch, operation: operation, "values of shape \(shape) do not fill the shape \(places.shape)",
                remedy: "give one value for each index, or sizes of 1 that repeat")
        }
        return expanded(to: places.shape)
    }

    /// The sums of this tensor's elements that have the same place, of so many places.
    func summed(at places: Tensor, count: Int) -> Tensor {
        dispatch(ScatterAdd(rows: count), [places.reshaped(to: [elementCount]), reshaped(to: [elementCount])])
    }

    /// The tensor with elements replaced; `places` numbers them in row-major order, and `values` has its shape.
    func overwritten(at places: Tensor, with values: Tensor) -> Tensor {
        for part in [places, values] where part.value.isPlaceholder { return part }
        let count = elementCount
        guard count > 0, places.elementCount > 0 else { return self }
        let winners = places.lastOfEach(count)
        let sources = (winners + (count - 1)).selected(where: winners, else: .indices(count, on: device))
        return Tensor.concatenated([reshaped(to: [count]), values.reshaped(to: [values.elementCount])])
            .gathered(at: sources).reshaped(to: shape)
    }

    /// For each of so many places, 1 + the number of the last entry that names it, or 0; int64.
    ///
    /// Entries that share a place are compared bit by bit, highest first: where any has the bit, those without drop out.
    private func lastOfEach(_ count: Int) -> Tensor {
        let entries = elementCount
        let places = reshaped(to: [entries])
        let number = Tensor.indices(entries, on: device).converted(to: .float64)
        var standing = number.onesLike()
        for bit in stride(from: Int.bitWidth - (entries - 1).leadingZeroBitCount - 1, through: 0, by: -1) {
            let (low, high) = (Double(sign: .plus, exponent: bit, significand: 1), bit + 1)
            let half = (number / Double(sign: .plus, exponent: high, significand: 1)).floor() * 2.0
            let having = standing * ((number / low).floor() - half)
            let contested = having.summed(at: places, count: count).gathered(at: places)
            standing = having.selected(where: contested, else: standing)
        }
        return (standing * (number + 1.0)).summed(at: places, count: count).converted(to: .int64)
    }
}
