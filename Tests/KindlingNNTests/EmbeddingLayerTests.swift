// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("embedding")

/// Embeddings and positions with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct EmbeddingLayerTests {
    private let indices = Tensor([[1, 0, 4], [2, 2, 1]] as [[Int]])

    @Test func rowsAreThoseOfPyTorch() throws {
        let cases = [
            ("plain", Embedding(5, 3)), ("padding", Embedding(5, 3, paddingIndex: 2)),
            ("max norm", Embedding(5, 3, maxNorm: 0.6)), ("last", Embedding(5, 3, paddingIndex: -1)),
        ]
        for (name, layer) in cases {
            layer.weight.value = numbers([5, 3], 0, scale: 0.5)
            let weights = Tensor((0..<18).map { cos(0.7 * Double($0)) }, shape: [2, 3, 3])
            try withTensorErrors {
                let rows = layer(indices)
                try reference.expect(name, rows)
                try (rows * weights).sum().backward()
            }
            try reference.expect("\(name)/gradient", try #require(layer.weight.gradient))
            try reference.expect("\(name)/weight", layer.weight.value)
        }
    }

    @Test func rowsBeginByGaussAndThePaddingAsZeros() throws {
        let layer = Embedding(200, 100, paddingIndex: -2)
        layer.initialize(seed: 1)
        let rows: [Float] = try layer.weight.value.array()
        #expect(rows[19_800..<19_900].allSatisfy { $0 == 0 })
        let mean = rows.reduce(0, +) / 19_900
        let square = rows.reduce(0) { $0 + $1 * $1 } / 19_900
        #expect(abs(mean) < 0.03 && abs(square - 1) < 0.04)
    }

    @Test func positionsThatNobodyLearns() throws {
        let layer = SinusoidalPositions()
        for _ in 0..<2 { try reference.expect("sinusoidal", layer(numbers([2, 5, 6])), tolerance: 1e-9) }
        #expect(try withTensorErrors { layer(Tensor.zeros([1, 3, 6])) }.dtype == .float32)
        #expect(layer.parameters.isEmpty)
        try reference.expect("rotary", RotaryPositions()(numbers([1, 2, 5, 6])))
        try reference.expect("rotary interleaved", RotaryPositions(interleaved: true)(numbers([1, 2, 5, 6])))
    }

    @Test func learnedPositionsAddTheFirstRows() throws {
        let layer = LearnedPositions(5)
        let input = Parameter(numbers([2, 3, 4]))
        #expect(!layer.isBuilt)
        try layer.build(inputShape: [1, 3, 4])
        layer.weight.value = numbers([5, 4], 1)
        let output = try withTensorErrors {
            let output = layer(input.value)
            try output.sum().backward()
            return output
        }
        let sum = numbers([2, 3, 4]) + numbers([5, 4], 1).sliced(0..<3)
        #expect(try output.array(of: Double.self) == sum.array(of: Double.self))
        let gradient: [Double] = try #require(layer.weight.gradient).array()
        #expect(gradient == [Double](repeating: 2, count: 12) + [Double](repeating: 0, count: 8))
        let large = LearnedPositions(100, 100)
        large.initialize(seed: 2)
        let rows: [Float] = try large.weight.value.array()
        #expect(abs(rows.reduce(0) { $0 + $1 * $1 } / 10_000 - 0.0004) < 0.00003)
    }

    @Test func emptyBatches() throws {
        #expect(try withTensorErrors { Embedding(5, 3)(Tensor([Int](), shape: [0, 4])) }.shape == [0, 4, 3])
        #expect(try withTensorErrors { Embedding(5, 3, maxNorm: 1)(Tensor([Int](), shape: [0])) }.shape == [0, 3])
        for layer: any Layer in [LearnedPositions(4, 6), SinusoidalPositions(), RotaryPositions()] {
            #expect(try withTensorErrors { layer(Tensor.zeros([0, 4, 6])) }.shape == [0, 4, 6])
            #expect(try withTensorErrors { layer(Tensor.zeros([2, 0, 6])) }.shape == [2, 0, 6])
        }
    }

    @Test func wrongArgumentsAreNamed() {
        let cases: [(any Layer, String)] = [
            (Embedding(0, 3), "numEmbeddings is 0, but must be 1 or more"),
            (Embedding(5, -1), "embeddingDim is -1, but must be 1 or more"),
            (Embedding(5, 3, paddingIndex: 5), "paddingIndex is 5, but must name one of the 5 rows"),
            (Embedding(5, 3, paddingIndex: .min), "paddingIndex is \(Int.min), but must name one of the 5 rows"),
            (Embedding(5, 3, maxNorm: 0), "maxNorm is 0.0, but must be a number above 0"),
            (LearnedPositions(0, 3), "count is 0, but must be 1 or more"),
            (LearnedPositions(3, 0), "width is 0, but must be 1 or more"),
            (SinusoidalPositions(base: -1), "base is -1.0, but must be a number above 0"),
            (RotaryPositions(base: .infinity), "base is inf, but must be a number above 0"),
        ]
        for (layer, what) in cases {
            let error = mistake { layer(Tensor.zeros([2, 3, 4])) }
            #expect(error?.what == what)
            #expect(error?.operation == String(describing: type(of: layer)))
        }
    }

    @Test func inputsThatDoNotFitAreRefused() {
        #expect(mistake { Embedding(5, 3)(Tensor([1.5])) }?.code == .dtypeMismatch)
        #expect(mistake { Embedding(5, 3, maxNorm: 1)(Tensor([1.5])) }?.code == .dtypeMismatch)
        #expect(mistake { Embedding(5, 3)(Tensor([7] as [Int])) }?.code == .indexOutOfRange)
        #expect(mistake { Embedding(5, 3, maxNorm: 1)(Tensor([7] as [Int])) }?.code == .indexOutOfRange)
        #expect(mistake { LearnedPositions(4, 6)(Tensor.zeros([5, 6])) }?.code == .shapeMismatch)
        #expect(mistake { LearnedPositions(4)(Tensor.zeros([6])) }?.code == .shapeMismatch)
        #expect(mistake { SinusoidalPositions()(Tensor.zeros([6])) }?.code == .shapeMismatch)
        #expect(mistake { RotaryPositions()(Tensor.zeros([4, 5])) }?.code == .shapeMismatch)
    }
}
