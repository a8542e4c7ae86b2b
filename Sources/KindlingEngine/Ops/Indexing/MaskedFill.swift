// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The tensor with one number wherever a mask is not zero.
    ///
    ///     scores.maskedFilled(where: future, with: -.infinity)
    ///
    /// The mask broadcasts to the tensor's shape; the result has shape and type of the tensor. No gradient flows to
    /// filled elements. A mask that does not fit is refused.
    public func maskedFilled(where mask: Tensor, with number: Double) -> Tensor {
        noting { () throws(TensorError) in
            if mask.value.isPlaceholder { return mask }
            try requireFitting(mask, "maskedFill")
            try requireExact(number, "maskedFill", "a number")
            return Tensor.full([], number, dtype: dtype, on: device).selected(where: mask, else: self)
        }
    }

    /// The elements where a mask is not zero, in row-major order: `[N]`.
    ///
    ///     losses.maskedSelected(labels .!= -1).mean()
    ///
    /// The mask broadcasts to the tensor's shape. Waits for the device: the result's size depends on the mask's
    /// elements, so there is none on the device `meta`.
    public func maskedSelected(_ mask: Tensor) -> Tensor {
        noting { () throws(TensorError) in
            if mask.value.isPlaceholder { return mask }
            try requireFitting(mask, "maskedSelect")
            let kept = try mask.expanded(to: shape).array(of: Bool.self)
            let places = kept.indices.filter { kept[$0] }
            return reshaped(to: [elementCount]).gathered(at: Tensor(places, on: device))
        }
    }

    /// The indices of the elements that are not zero, in row-major order: `[N, rank]`, int64.
    ///
    ///     Tensor([[0, 7], [5, 0]]).nonZeroIndices()       // [[0, 1], [1, 0]]
    ///
    /// Any type; NaN is not zero. Waits for the device: the result's size depends on the elements, so there is none on
    /// the device `meta`.
    public func nonZeroIndices() -> Tensor {
        noting { () throws(TensorError) in
            let kept = try converted(to: .bool).array(of: Bool.self)
            let steps = Strides(rowMajor: shape)
            var indices: [Int] = []
            var count = 0
            for place in kept.indices where kept[place] {
                count += 1
                for axis in 0..<rank { indices.append(place / steps[axis] % shape[axis]) }
            }
            return Tensor(indices, shape: [count, rank], on: device)
        }
    }

    private func requireFitting(_ mask: Tensor, _ operation: String) throws(TensorError) {
        try requireDevice(of: mask, operation)
        guard mask.shape.broadcast(with: shape) == shape else {
            throw TensorError(
                .shapeMismatch, operation: operation, "a mask of shape \(mask.shape) does not fit shape \(shape)",
                remedy: "its sizes must be the tensor's, or 1")
        }
    }
}
