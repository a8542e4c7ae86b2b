// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// What `body` gives, or, when it finds a mistake, notes it and gives what stands in for the result.
    func noting(_ body: () throws(TensorError) -> Tensor) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) { return try body() } catch { return .failed(error, spec) }
    }

    /// The axis counted from the front.
    func place(ofAxis axis: Int, _ operation: String) throws(TensorError) -> Int {
        guard let place = shape.axis(axis) else {
            throw TensorError(
                .invalidAxis, operation: operation, "axis \(axis) does not exist in shape \(shape)",
                remedy: rank == 0 ? "a scalar has no axes" : "use 0 ..< \(rank), or -1 for the last")
        }
        return place
    }

    /// The axes counted from the front, none twice.
    func places(ofAxes axes: [Int], _ operation: String) throws(TensorError) -> [Int] {
        var places: [Int] = []
        for axis in axes {
            let place = try place(ofAxis: axis, operation)
            guard !places.contains(place) else {
                throw TensorError(.invalidAxis, operation: operation, "axis \(axis) is named twice")
            }
            places.append(place)
        }
        return places
    }

    /// Refuses an axis without elements, where one of them has to be chosen.
    func requireElements(along axis: Int, _ operation: String) throws(TensorError) {
        guard shape[axis] > 0 else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "nothing to choose from: shape \(shape) is empty along axis \(axis)")
        }
    }

    /// Sizes before an axis, along it and after it, multiplied: any tensor as one of three axes.
    func folded(around axis: Int) -> (outer: Int, size: Int, inner: Int) {
        let sizes = shape.dimensions
        return (sizes[..<axis].reduce(1, *), sizes[axis], sizes[(axis + 1)...].reduce(1, *))
    }
}
