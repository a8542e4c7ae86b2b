// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension CrossEntropyRequest {
    /// Losses, or gradients, row by row.
    func run(from inputs: [Operand], to outputs: [Operand]) throws(TensorError) {
        let rows = inputs[0].shape[0]
        let count = inputs[0].shape[1]
        let logits = count == 0 ? [[Double]](repeating: [], count: rows) : inputs[0].rows()
        let classes = inputs[1].integers()
        let weights = weighted ? inputs[inputs.count - 1].reals() : [Double](repeating: 1, count: count)
        for target in classes where target != ignoredClass && !(0..<Int64(count)).contains(target) {
            throw TensorError(
                .indexOutOfRange, operation: "crossEntropy", "class \(target) is not one of the \(count) classes",
                remedy: "give classes in 0 ..< \(count), or \(ignoredClass) for rows that do not count")
        }
        if backward {
            let logarithms = inputs[2].reals()
            let upstream = inputs[3].reals()
            outputs[0].write(
                (0..<rows).flatMap { row in
                    gradient(logits[row], classes[row], logarithms[row], weights).map { $0 * upstream[row] }
                })
        } else {
            let sums = logits.map(logarithmOfSumOfExponentials)
            outputs[0].write(
                (0..<rows).map { row in
                    loss(logits[row].map { $0 - sums[row].shift }, classes[row], sums[row].logarithm, weights)
                })
            outputs[1].write(sums.map { $0.shift + $0.logarithm })
        }
    }

    private func loss(_ x: [Double], _ target: Int64, _ logarithm: Double, _ weights: [Double]) -> Double {
        if target == ignoredClass { return 0 }
        let likelihood = weights[Int(target)] * (logarithm - x[Int(target)])
        if smoothing == 0 { return likelihood }
        let spread = zip(weights, x).map { $0 * (logarithm - $1) }.reduce(0, +)
        return (1 - smoothing) * likelihood + smoothing / Double(x.count) * spread
    }

    private func gradient(_ x: [Double], _ target: Int64, _ logarithm: Double, _ weights: [Double]) -> [Double] {
        if target == ignoredClass { return [Double](repeating: 0, count: x.count) }
        let sum = weights.reduce(0, +)
        return x.indices.map { column in
            let probability = exp(x[column] - logarithm)
            let hit: Double = column == Int(target) ? 1 : 0
            let likelihood = weights[Int(target)] * (probability - hit)
            let spread = probability * sum - weights[column]
            return (1 - smoothing) * likelihood + smoothing / Double(x.count) * spread
        }
    }
}
