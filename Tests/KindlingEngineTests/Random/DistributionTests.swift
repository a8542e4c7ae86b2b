// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

@Suite struct DistributionTests {
    private func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// Φ of the drawn numbers is what was drawn evenly, so the inverse is right to the last digits, tails included.
    @Test(arguments: [(-6.0, 6.0), (-6.0, -4.0), (3.0, 6.0), (-0.3, 0.2)])
    func truncatedNumbersHaveTheNormalDistribution(_ low: Double, _ high: Double) throws {
        var stream = RandomStream(seed: 2)
        var same = stream
        let mirrored = low + high > 0
        let first = cumulative(mirrored ? -high : low)
        let last = cumulative(mirrored ? -low : high)
        let shares = try Tensor.uniform([4000], low: first, high: last, from: &same, dtype: .float64)
            .array(of: Double.self)
        let drawn = try Tensor.truncatedNormal(
            [4000], mean: 10, standardDeviation: 2, low: 10 + 2 * low, high: 10 + 2 * high, from: &stream,
            dtype: .float64
        ).array(of: Double.self)
        for (number, share) in zip(drawn, shares) {
            let deviations = (number - 10) / 2 * (mirrored ? -1 : 1)
            #expect(abs(cumulative(deviations) / share - 1) < 1e-12)
        }
    }

    @Test(arguments: [DType.float32, .float16, .bfloat16])
    func truncatedNumbersStayWithinTheirBounds(_ dtype: DType) throws {
        var stream = RandomStream(seed: 4)
        let values = try Tensor.truncatedNormal([20_000], low: -1, high: 2, from: &stream, dtype: dtype)
            .array(of: Double.self)
        #expect(values.allSatisfy { $0 >= -1 && $0 <= 2 })
        // Mean (φ(−1) − φ(2)) / (Φ(2) − Φ(−1)); five standard errors.
        #expect(abs(values.reduce(0, +) / 20_000 - 0.2296) < 0.027)
    }

    @Test func everyDeviceDrawsTheSameTruncatedNumbers() throws {
        var one = RandomStream(seed: 5)
        var two = one
        let cpu = Tensor.truncatedNormal([1000], from: &one, on: .cpu)
        let reference = Tensor.truncatedNormal([1000], from: &two, on: OperationTests.reference)
        try expectClose(cpu, reference.copied(to: .cpu), tolerance: 1e-5)
    }

    @Test func everyWholeNumberIsAsLikely() throws {
        var stream = RandomStream(seed: 6)
        let values = try Tensor.randomIntegers([12_000], low: -2, high: 4, from: &stream).array(of: Int.self)
        var counts: [Int: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        #expect(Set(counts.keys) == Set(-2..<4))
        // χ² with 5 degrees of freedom is above 20.5 once in a thousand.
        #expect(counts.values.reduce(0.0) { $0 + Double(($1 - 2000) * ($1 - 2000)) / 2000 } < 20.5)
    }

    @Test func wholeNumbersFarFromZeroAreExact() throws {
        var stream = RandomStream(seed: 6)
        let values = try Tensor.randomIntegers([100], low: .max - 3, high: .max, from: &stream).array(of: Int.self)
        #expect(Set(values) == [.max - 3, .max - 2, .max - 1])
    }

    @Test func permutationIsTheStreamsOnEveryDevice() throws {
        for device in [Device.cpu, OperationTests.reference] {
            var stream = RandomStream(seed: 3)
            var same = stream
            let order = Tensor.permutation(100, from: &stream, on: device)
            #expect(order.dtype == .int64)
            #expect(try order.array(of: Int.self) == same.permutation(100))
        }
        var stream = RandomStream(seed: 3)
        #expect(Tensor.permutation(0, from: &stream).shape == [0])
    }
}
