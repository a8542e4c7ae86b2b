// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension SoftmaxRequest {
    /// Forward, or the gradient, row by row.
    func run(from inputs: [Operand], to output: Operand) {
        let first = inputs[0].rows()
        if backward {
            output.write(zip(first, inputs[1].rows()).flatMap { gradient(upstream: $0, y: $1) })
        } else {
            output.write(first.flatMap(forward))
        }
    }

    private func forward(_ x: [Double]) -> [Double] {
        let (shift, logarithmOfSum) = logarithmOfSumOfExponentials(x)
        return x.map { logarithm ? $0 - shift - logarithmOfSum : exp($0 - shift - logarithmOfSum) }
    }

    /// With yᵢ = exp xᵢ / Σ exp x, ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ); for the logarithm δᵢⱼ − exp yⱼ.
    private func gradient(upstream: [Double], y: [Double]) -> [Double] {
        if logarithm {
            let sum = upstream.reduce(0, +)
            return zip(upstream, y).map { $0 - exp($1) * sum }
        }
        let sum = zip(upstream, y).map(*).reduce(0, +)
        return zip(upstream, y).map { ($0 - sum) * $1 }
    }
}

extension Operand {
    /// The elements along the last axis, for each of the other places.
    func rows() -> [[Double]] {
        let numbers = reals()
        let count = shape.last
        return count == 0 ? [] : stride(from: 0, to: numbers.count, by: count).map { Array(numbers[$0..<($0 + count)]) }
    }
}

/// The largest x, and log Σ exp (x − largest): together log Σ exp x, apart so that nothing overflows or is rounded away.
func logarithmOfSumOfExponentials(_ x: [Double]) -> (shift: Double, logarithm: Double) {
    let largest = x.reduce(-.infinity) { ScalarFunction.maximum.value($0, $1, 0) }
    if largest.isInfinite { return (largest, 0) }
    return (largest, log(x.map { exp($0 - largest) }.reduce(0, +)))
}
