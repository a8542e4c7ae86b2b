// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// How many of these numbers, which are in ascending order, are smaller than each of others: where they belong.
    ///
    ///     Tensor([1.0, 3.0, 5.0]).searchSorted(Tensor([3.0, 9.0]))      // [1, 3]
    ///
    /// `[n]` and any shape → int64 of that shape, by halving, log₂ n passes. No gradient flows. Numbers that are not in
    /// order give places without meaning. Refuses more than one axis.
    /// - Parameters:
    ///   - values: What is looked for.
    ///   - right: Whether equal numbers count too: the place after them instead of the one before.
    public func searchSorted(_ values: Tensor, right: Bool = false) -> Tensor {
        if values.value.isPlaceholder { return values }
        return noting { () throws(TensorError) in
            try requireDevice(of: values, "searchSorted")
            guard rank == 1 else {
                throw TensorError(
                    .shapeMismatch, operation: "searchSorted", "shape \(shape) is no list of numbers",
                    remedy: "give a tensor of one axis, in ascending order")
            }
            let count = shape[0]
            let (line, wanted) = (detached(), values.detached())
            var found = Tensor.zeros(values.shape, dtype: .int64, on: device)
            guard count > 0, values.elementCount > 0 else { return found }
            for bit in stride(from: Int.bitWidth - count.leadingZeroBitCount - 1, through: 0, by: -1) {
                let next = found + (1 << bit)
                let probe = line.gathered(at: next.minimum(count) - 1)
                let below = right ? probe .<= wanted : probe .< wanted
                found = next.selected(where: below .& (next .<= count), else: found)
            }
            return found
        }
    }
}
