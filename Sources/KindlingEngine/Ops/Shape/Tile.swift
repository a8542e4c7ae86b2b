// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The whole tensor side by side with itself, so many times along each axis, as NumPy's `tile`.
    ///
    ///     Tensor([1, 2]).tiled(2, 2)      // [[1, 2, 1, 2], [1, 2, 1, 2]]
    ///
    /// Fewer counts than axes are for the last ones; more give new leading axes. Any type; 0 gives an empty tensor.
    /// Negative counts, and results too large to be addressed, are refused.
    public func tiled(_ counts: Int...) -> Tensor {
        noting { () throws(TensorError) in
            let missing = Swift.max(0, counts.count - rank)
            let sizes = Array(repeating: 1, count: missing) + shape.dimensions
            let all = Array(repeating: 1, count: sizes.count - counts.count) + counts
            var target = Shape(sizes)
            guard target.rank <= Shape.maximumRank else {
                throw TensorError(
                    .shapeMismatch, operation: "tile",
                    "\(counts.count) counts give more than \(Shape.maximumRank) axes")
            }
            for (axis, count) in all.enumerated() {
                target[axis] = try repeatedSize(sizes[axis], count, "tile")
            }
            try check(TensorSpec(shape: target, dtype: dtype), "tile")
            var result = reshaped(to: Shape(sizes))
            for (axis, count) in all.enumerated() where count != 1 {
                let (outer, size, inner) = result.folded(around: axis)
                var shape = result.shape
                shape[axis] = size * count
                result = result.reshaped(to: [outer, 1, size * inner]).expanded(to: [outer, count, size * inner])
                    .reshaped(to: shape)
            }
            return result
        }
    }

    /// Every slice along an axis so many times in a row, as PyTorch's `repeat_interleave`.
    ///
    ///     Tensor([1, 2]).repeated(2)      // 1, 1, 2, 2
    ///
    /// Any type; 0 gives an empty tensor. A negative count, and an axis that does not exist, are refused.
    public func repeated(_ count: Int, along axis: Int = 0) -> Tensor {
        noting { () throws(TensorError) in
            let place = try place(ofAxis: axis, "repeat")
            var target = shape
            target[place] = try repeatedSize(shape[place], count, "repeat")
            try check(TensorSpec(shape: target, dtype: dtype), "repeat")
            let (outer, size, inner) = folded(around: place)
            return reshaped(to: [outer * size, 1, inner]).expanded(to: [outer * size, count, inner])
                .reshaped(to: target)
        }
    }
}

private func repeatedSize(_ size: Int, _ count: Int, _ operation: String) throws(TensorError) -> Int {
    let (product, overflows) = size.multipliedReportingOverflow(by: count)
    guard count >= 0, count <= Int.max >> 4, !overflows else {
        throw TensorError(
            .invalidValue, operation: operation, "\(count) is no number of times to repeat an axis of size \(size)",
            remedy: "give a count of 0 or more whose result can be addressed")
    }
    return product
}
