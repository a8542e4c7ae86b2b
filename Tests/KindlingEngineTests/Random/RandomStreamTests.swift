// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
@testable import KindlingEngine
import KindlingTesting
import Testing

@Suite struct RandomStreamTests {
    /// The known answers of the Random123 distribution (`kat_vectors`, philox4x32 10).
    @Test func philoxGivesTheKnownAnswers() {
        #expect(
            Philox.block(key: 0, counterLow: 0, counterHigh: 0)
                == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
        #expect(
            Philox.block(key: .max, counterLow: .max, counterHigh: .max)
                == SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
        #expect(
            Philox.block(
                key: 0x299F_31D0_A409_3822, counterLow: 0x85A3_08D3_243F_6A88, counterHigh: 0x0370_7344_1319_8A2E)
                == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
    }

    @Test func derivedStreamsAreAllDifferentAndTheSameEachTime() {
        let root = RandomStream(seed: 7)
        var streams = [root, RandomStream(seed: 8), root["0"], root["shuffle"], root["dropout"], root["shuffle"]["x"]]
        for index in -3..<1000 { streams.append(root[index]) }
        for index in 0..<1000 { streams.append(root["shuffle"][index]) }
        #expect(Set(streams).count == streams.count)
        #expect(RandomStream(seed: 7)["shuffle"][3] == root["shuffle"][3])
        // What it is derived from does not depend on how much was drawn before.
        var drawn = root
        _ = drawn.permutation(10)
        #expect(drawn["shuffle"] == root["shuffle"])
    }

    @Test func permutationHoldsEveryNumberOnceAndIsTheStreams() {
        for count in [0, 1, 2, 3, 10, 1001] {
            var one = RandomStream(seed: 3)
            var two = RandomStream(seed: 3)
            let order = one.permutation(count)
            #expect(order.sorted() == Array(0..<count))
            #expect(order == two.permutation(count))
            if count > 10 { #expect(order != one.permutation(count)) }
        }
        var stream = RandomStream(seed: 3)
        #expect(stream.permutation(-1) == [])
    }

    @Test func everyOrderOfThreeIsAsLikely() {
        var counts: [[Int]: Int] = [:]
        var stream = RandomStream(seed: 11)
        for _ in 0..<6000 { counts[stream.permutation(3), default: 0] += 1 }
        #expect(counts.count == 6)
        // χ² with 5 degrees of freedom is above 20.5 once in a thousand.
        #expect(counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 } < 20.5)
    }

    @Test(arguments: [DType.float32, .float64]) func uniformAndNormalHaveTheirMoments(_ dtype: DType) throws {
        var stream = RandomStream(seed: 1)
        let count = 100_000
        let uniform = try Tensor.uniform([count], low: -1, high: 3, from: &stream, dtype: dtype).array(of: Double.self)
        let normal = try Tensor.normal([count], mean: 2, standardDeviation: 0.5, from: &stream, dtype: dtype)
            .array(of: Double.self)
        let coin = try Tensor.bernoulli([count], probability: 0.3, from: &stream, dtype: dtype).array(of: Double.self)
        func moments(_ values: [Double]) -> (mean: Double, variance: Double, skewness: Double) {
            let mean = values.reduce(0, +) / Double(count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
            let third = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) } / Double(count)
            return (mean, variance, third / (variance * variance.squareRoot()))
        }
        // Five standard errors of each moment.
        #expect(abs(moments(uniform).mean - 1) < 0.019)
        #expect(abs(moments(uniform).variance - 16.0 / 12) < 0.019)
        #expect(uniform.allSatisfy { $0 >= -1 && $0 < 3 })
        #expect(abs(moments(normal).mean - 2) < 0.008)
        #expect(abs(moments(normal).variance - 0.25) < 0.006)
        #expect(abs(moments(normal).skewness) < 0.04)
        #expect(Set(coin) == [0, 1])
        #expect(abs(moments(coin).mean - 0.3) < 0.0075)
    }

    @Test(arguments: [DType.float32, .float64, .float16, .bfloat16])
    func everyDeviceDrawsTheSameBits(_ dtype: DType) throws {
        for count in [1, 3, 4, 7, 1000] {
            var one = RandomStream(seed: 5)
            var two = one
            let cpu = Tensor.uniform([count], from: &one, dtype: dtype, on: .cpu)
            let reference = Tensor.uniform([count], from: &two, dtype: dtype, on: OperationTests.reference)
            #expect(try cpu.array(of: Double.self) == reference.array(of: Double.self))
            let bell = Tensor.normal([count], from: &one, dtype: dtype, on: .cpu)
            let bellReference = Tensor.normal([count], from: &two, dtype: dtype, on: OperationTests.reference)
            let tolerance = dtype == .float64 ? 1e-12 : dtype == .float32 ? 2e-6 : 1e-2
            try expectClose(bell, bellReference.copied(to: .cpu), tolerance: tolerance)
        }
    }

    @Test func drawsOfOneStreamDiffer() throws {
        var stream = RandomStream(seed: 5)
        let one = try Tensor.uniform([8], from: &stream).array(of: Float.self)
        let two = try Tensor.uniform([8], from: &stream).array(of: Float.self)
        #expect(one != two)
    }

    @Test func parametersFirstValueIsItsStreams() throws {
        func parameter() -> Parameter {
            Parameter([4]) { shape, stream, dtype, device in .uniform(shape, from: &stream, dtype: dtype, on: device) }
        }
        let (one, two, other) = (parameter(), parameter(), parameter())
        let stream = RandomStream(seed: 9)["layers.0.weight"]
        #expect(!one.isInitialized)
        one.initialize(from: stream)
        two.initialize(from: stream)
        other.initialize(from: RandomStream(seed: 9)["layers.1.weight"])
        try expectEqual(one.value, two.value)
        #expect(try one.value.array(of: Float.self) != other.value.array(of: Float.self))
        let before = one.value
        one.initialize(from: RandomStream(seed: 1))
        try expectEqual(one.value, before)
        let lazy = parameter()
        try expectEqual(lazy.value, lazy.value)
    }
}
