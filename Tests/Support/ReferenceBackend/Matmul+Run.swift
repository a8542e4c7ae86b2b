// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Matmul {
    /// Multiplies row by column.
    func run(from inputs: [Operand], to output: Operand) {
        if output.dtype.isFloatingPoint {
            let offsets = bias ? inputs[2].reals() : []
            output.write(product(inputs[0], inputs[0].reals(), inputs[1], inputs[1].reals(), output.shape, offsets))
        } else {
            let offsets = bias ? inputs[2].integers() : []
            output.write(
                product(inputs[0], inputs[0].integers(), inputs[1], inputs[1].integers(), output.shape, offsets))
        }
    }

    private func product<Number: ReferenceNumber>(
        _ left: Operand, _ leftNumbers: [Number], _ right: Operand, _ rightNumbers: [Number], _ shape: Shape,
        _ offsets: [Number]
    ) -> [Number] {
        let rows = shape[shape.rank - 2]
        let columns = shape[shape.rank - 1]
        let terms = left.shape.last
        var results: [Number] = []
        for batch in 0..<(rows * columns == 0 ? 0 : shape.elementCount / (rows * columns)) {
            let leftBatch = left.batch(batch, of: shape) * rows * terms
            let rightBatch = right.batch(batch, of: shape) * terms * columns
            for row in 0..<rows {
                for column in 0..<columns {
                    var sum: Number = 0
                    for term in 0..<terms {
                        sum = sum.adding(
                            leftNumbers[leftBatch + row * terms + term],
                            times: rightNumbers[rightBatch + term * columns + column])
                    }
                    if bias { sum = sum.adding(offsets[column], times: 1) }
                    results.append(activation == .relu && sum < 0 ? 0 : sum)
                }
            }
        }
        return results
    }
}

extension Operand {
    /// Which of its matrices meets matrix number `batch` of a product of shape `whole`: axes of size 1 repeat.
    fileprivate func batch(_ batch: Int, of whole: Shape) -> Int {
        var rest = batch
        var result = 0
        var step = 1
        for back in 3..<max(3, whole.rank + 1) {
            let place = rest % whole[whole.rank - back]
            rest /= whole[whole.rank - back]
            guard back <= shape.rank else { continue }
            if shape[shape.rank - back] != 1 { result += place * step }
            step *= shape[shape.rank - back]
        }
        return result
    }
}

/// The two kinds of number that sums of products are taken of.
protocol ReferenceNumber: Comparable, ExpressibleByIntegerLiteral {
    /// self + a · b.
    func adding(_ a: Self, times b: Self) -> Self
}

extension Double: ReferenceNumber {
    func adding(_ a: Double, times b: Double) -> Double { self + a * b }
}

extension Int64: ReferenceNumber {
    func adding(_ a: Int64, times b: Int64) -> Int64 { self &+ a &* b }
}
