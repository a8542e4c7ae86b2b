// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The different elements in ascending order, which of them each element is, and how often each occurs.
    ///
    /// `values` `[u]` of this tensor's type, `inverse` int64 of this tensor's shape with `values[inverse]` being this
    /// tensor, `counts` int64 `[u]`. Each NaN differs from every other, as in PyTorch. How many there are depends on
    /// the elements, so they are read: that waits for the device, and is an error on `meta`. No gradient flows.
    ///
    ///     let unique = Tensor([2, 1, 2]).uniqueValues()    // [1, 2], [1, 0, 1], [1, 2]
    public func uniqueValues() -> (values: Tensor, inverse: Tensor, counts: Tensor) {
        let flat = detached().flattened()
        do throws(TensorError) {
            guard !value.isPlaceholder else { return (self, self, self) }
            let places = try flat.argsort(along: 0).array(of: Int.self)
            // float64 and int64 hold every element of the other types.
            let starts =
                dtype.isFloatingPoint
                ? runStarts(try flat.array(of: Double.self), places)
                : runStarts(try flat.array(of: Int64.self), places)
            var inverse = [Int](repeating: 0, count: places.count)
            var counts = [Int](repeating: 0, count: starts.count)
            for (run, start) in starts.enumerated() {
                let end = run + 1 < starts.count ? starts[run + 1] : places.count
                counts[run] = end - start
                for position in start..<end { inverse[places[position]] = run }
            }
            let firsts = Tensor(starts.map { places[$0] }, on: device)
            return (
                flat.gathered(at: firsts), Tensor(inverse, shape: shape, on: device), Tensor(counts, on: device)
            )
        } catch {
            let whole = Tensor.failed(error, TensorSpec(shape: [0], dtype: .int64))
            return (.failed(error, TensorSpec(shape: [0], dtype: dtype)), whole, whole)
        }
    }
}

/// Where in a sequence in order an element differs from the one before.
private func runStarts<Number: Equatable>(_ numbers: [Number], _ order: [Int]) -> [Int] {
    order.indices.filter { $0 == 0 || numbers[order[$0]] != numbers[order[$0 - 1]] }
}
