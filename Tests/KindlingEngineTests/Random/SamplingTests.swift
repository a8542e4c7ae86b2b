// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// How often what is drawn at random occurs, on many draws: within five standard deviations of what is expected.
@Suite struct SamplingTests {
    private static let draws = 40_000
    private static let shares = [0.1, 0.0, 0.2, 0.7]

    private func expectShares(_ indices: Tensor, _ shares: [Double]) throws {
        let counts = try indices.binCounts(count: shares.count).array(of: Double.self)
        let total = Double(indices.elementCount)
        for (count, share) in zip(counts, shares) {
            #expect(abs(count / total - share) <= 5 * (share * (1 - share) / total).squareRoot(), "\(counts)")
        }
    }

    private func rows(_ numbers: [Double]) -> Tensor {
        Tensor(numbers).expanded(to: [Self.draws, numbers.count])
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func classesOccurAsOftenAsTheirSoftmaxSays(_ seed: UInt64) throws {
        try withTensorErrors {
            var stream = RandomStream(seed: seed)
            let logits = rows(Self.shares).log() + 3.0
            try expectShares(logits.sampledClasses(from: &stream), Self.shares)
            let columns = logits.transposed().sampledClasses(along: 0, from: &stream)
            #expect(columns.shape == [Self.draws])
            try expectShares(columns, Self.shares)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func hardGumbelSoftmaxPicksAsOftenAsTheSoftmaxSays(_ seed: UInt64) throws {
        try withTensorErrors {
            var stream = RandomStream(seed: seed)
            let picked = (rows(Self.shares).log() + 3.0).gumbelSoftmax(hard: true, from: &stream)
            try expectClose(picked.sum(over: -1), .ones([Self.draws]), tolerance: 1e-5)
            try expectShares(picked.argmax(over: -1), Self.shares)
        }
    }

    @Test func gumbelSoftmaxIsTheSoftmaxOfItsNoise() throws {
        let logits = Tensor([[0.5, -1.0, 2.0], [0.1, 0.2, 0.3]])
        func apply(_ x: Tensor, hard: Bool, temperature: Double = 0.7) -> Tensor {
            var stream = RandomStream(seed: 4)
            return x.gumbelSoftmax(temperature: temperature, hard: hard, over: 0, from: &stream)
        }
        var stream = RandomStream(seed: 4)
        let noise = -(-Tensor.uniform([2, 3], from: &stream).log()).log()
        try expectClose(apply(logits, hard: false), ((logits + noise) / 0.7).softmax(over: 0), tolerance: 1e-5)
        let weights = Tensor([[1.0, 2.0, -1.0], [0.5, 3.0, 1.0]])
        let soft = try gradient(at: [logits]) { (apply($0[0], hard: false) * weights).sum() }
        let hard = try gradient(at: [logits]) { (apply($0[0], hard: true) * weights).sum() }
        try expectClose(hard[0], soft[0], tolerance: 1e-5)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func indicesOccurAsOftenAsTheirWeightsSay(_ seed: UInt64) throws {
        try withTensorErrors {
            var stream = RandomStream(seed: seed)
            let weights = Tensor(Self.shares.map { $0 * 8 })
            try expectShares(weights.sampledIndices(Self.draws, from: &stream), Self.shares)
            let pairs = rows([0.5, 0.3, 0.2]).sampledIndices(2, replacing: false, from: &stream)
            #expect(pairs.shape == [Self.draws, 2])
            try expectShares(pairs[.all, 0], [0.5, 0.3, 0.2])
            // The second one is i with probability Σ_{j ≠ i} p_j p_i / (1 − p_j).
            try expectShares(
                pairs[.all, 1],
                [
                    0.3 * 0.5 / 0.7 + 0.2 * 0.5 / 0.8, 0.5 * 0.3 / 0.5 + 0.2 * 0.3 / 0.8,
                    0.5 * 0.2 / 0.5 + 0.3 * 0.2 / 0.7,
                ])
            #expect(try (pairs[.all, 0] .== pairs[.all, 1]).any().item() == 0)
        }
    }

    @Test func sameStreamDrawsTheSameAndAnotherDoesNot() throws {
        try withTensorErrors {
            let weights = Tensor.ones([1_000])
            func drawn(_ seed: UInt64) -> [Tensor] {
                var stream = RandomStream(seed: seed)
                return [
                    weights.sampledIndices(50, from: &stream),
                    weights.sampledIndices(50, replacing: false, from: &stream),
                    weights.expanded(to: [50, 1_000]).sampledClasses(from: &stream),
                    weights.dropout(probability: 0.5, from: &stream),
                ]
            }
            for (first, again) in zip(drawn(7), drawn(7)) { try expectEqual(first, again) }
            for (first, other) in zip(drawn(7), drawn(8)) { #expect(try (first .!= other).any().item() == 1) }
        }
    }

    @Test(arguments: [0.1, 0.5, 0.9]) func dropoutKeepsItsShareAndTheExpectation(_ probability: Double) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            try withTensorErrors {
                var stream = RandomStream(seed: seed)
                let count = Double(Self.draws)
                let y = Tensor.ones([Self.draws], dtype: .float64).dropout(probability: probability, from: &stream)
                let deviation = (probability * (1 - probability) / count).squareRoot()
                #expect(abs(try (y .== 0).converted(to: .float64).mean().item() - probability) <= 5 * deviation)
                #expect(abs(try y.mean().item() - 1) <= 5 * deviation / (1 - probability))
                // One number of two: 0 or 1 / (1 − p), so the variance is p / (1 − p).
                let variance = probability / (1 - probability)
                #expect(abs(try y.variance().item() - variance) <= 0.1 * variance)
                #expect(Set(try y.array(of: Double.self)) == [0, 1 / (1 - probability)])
                // Neighbours know nothing of each other.
                let kept = (y .!= 0).converted(to: .float64) - (1 - probability)
                let both = try (kept[1...] * kept[..<(-1)]).mean().item()
                #expect(abs(both) <= 5 * probability * (1 - probability) / count.squareRoot())
            }
        }
    }
}
