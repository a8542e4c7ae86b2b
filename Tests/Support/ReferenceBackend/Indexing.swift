// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// Picks slices along the first axis.
func gather(from source: Operand, at indices: Operand, to output: Operand) throws(TensorError) {
    let slices = try slices(indices, of: source.shape[0], operation: "gather")
    let size = source.shape[0] == 0 ? 0 : source.shape.elementCount / source.shape[0]
    let places = slices.flatMap { slice in (0..<size).map { slice * size + $0 } }
    if source.dtype.isFloatingPoint {
        let numbers = source.reals()
        output.write(places.map { numbers[$0] })
    } else {
        let numbers = source.integers()
        output.write(places.map { numbers[$0] })
    }
}

/// Adds slices along the first axis, onto zeros.
func scatterAdd(at indices: Operand, _ updates: Operand, to output: Operand) throws(TensorError) {
    let slices = try slices(indices, of: output.shape[0], operation: "scatterAdd")
    let numbers = updates.reals()
    let size = slices.isEmpty ? 0 : numbers.count / slices.count
    var sums = [Double](repeating: 0, count: output.shape.elementCount)
    for (update, slice) in slices.enumerated() {
        for element in 0..<size { sums[slice * size + element] += numbers[update * size + element] }
    }
    output.write(sums)
}

/// The slices that indices name, negative ones from the end.
private func slices(_ indices: Operand, of count: Int, operation: String) throws(TensorError) -> [Int] {
    var slices: [Int] = []
    for index in indices.integers() {
        guard index >= -Int64(count), index < Int64(count) else {
            throw TensorError(
                .indexOutOfRange, operation: operation, "index \(index) is outside an axis of \(count)",
                remedy: "give indices in -\(count) ..< \(count)")
        }
        slices.append(Int(index < 0 ? index + Int64(count) : index))
    }
    return slices
}
