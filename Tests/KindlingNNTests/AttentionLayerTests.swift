// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("attention")

/// Attention with PyTorch's weights gives PyTorch's numbers and gradients.
@Suite struct AttentionLayerTests {
    private let x = numbers([2, 3, 4])
    private let memory = numbers([2, 4, 4], 2)
    private let padding = Tensor([false, false, true, true, false, true, false, false], shape: [2, 4])
    private let allowed = Tensor(
        [true, false, true, true, true, true, true, false, false, true, true, true], shape: [3, 4])

    @Test func ofASequenceToItself() throws {
        let attention = MultiHeadAttention(4, heads: 2)
        #expect(
            attention.namedParameters.map(\.name) == [
                "query.weight", "query.bias", "key.weight", "key.bias", "value.weight", "value.bias", "output.weight",
                "output.bias",
            ])
        try reference.expectPass("self", attention, [x]) { attention($0[0]) }
        try reference.expectPass("self", attention, [x]) { attention($0[0], keys: nil, mask: nil) }
        let causal = MultiHeadAttention(4, heads: 2, causal: true)
        try reference.expectPass("causal", causal, [x]) { causal($0[0]) }
        try reference.expectPass("causal", attention, [x]) { attention($0[0], causal: true) }
    }

    @Test func toAnotherSequenceWithMasks() throws {
        let attention = MultiHeadAttention(4, heads: 2)
        func expect(_ name: String, _ mask: Tensor?, _ padding: Tensor?) throws {
            try reference.expectPass(name, attention, [x, memory]) {
                attention($0[0], keys: $0[1], mask: mask, keyPaddingMask: padding)
            }
        }
        try expect("cross padding", nil, padding)
        try expect("cross masks", allowed, padding)
        try expect("cross masks", allowed.insertingAxis(at: 0).expanded(to: [2, 3, 4]), padding)
        try expect("cross masks", allowed.reshaped(to: [1, 1, 3, 4]), padding)
        try expect("cross added", numbers([3, 4], 5), nil)
        try expect("cross added padding", numbers([3, 4], 5), padding)
    }

    @Test func groupedHeadsAndRotaryPositions() throws {
        let grouped = MultiHeadAttention(4, heads: 4, keyValueHeads: 2, causal: true)
        try reference.expectPass("grouped", grouped, [x]) { grouped($0[0]) }
        let rotary = MultiHeadAttention(4, heads: 2, causal: true, rotaryBase: 100)
        try reference.expectPass("rotary", rotary, [x]) { rotary($0[0]) }
    }

    @Test func pyTorchsMatrixOfThreeMapsIsTaken() throws {
        let attention = MultiHeadAttention(4, heads: 2)
        let parts = [0, 2, 4].map { numbers([4, 4], $0, scale: 0.5) }
        let biases = [1, 3, 5].map { numbers([4], $0, scale: 0.5) }
        try attention.assign(inProjection: .concatenated(parts), bias: .concatenated(biases))
        attention.output.weight.value = numbers([4, 4], 6, scale: 0.5)
        attention.output.bias?.value = numbers([4], 7, scale: 0.5)
        try reference.expect("self", try withTensorErrors { attention(x) })
        #expect(
            mistake {
                try attention.assign(inProjection: .zeros([11, 4])); return .zeros([])
            } != nil)
    }

    @Test func weightsBeginAsPyTorchs() throws {
        let attention = MultiHeadAttention(64, heads: 4)
        attention.initialize(seed: 1)
        // √(6 / 256), and 1 / √64.
        for (part, bound) in [
            (attention.query, Float(0.1530931)), (attention.value, 0.1530931), (attention.output, 0.125),
        ] {
            let largest = try part.weight.value.array(of: Float.self).reduce(0) { max($0, abs($1)) }
            #expect(largest <= bound && largest > 0.99 * bound)
            #expect(try #require(part.bias).value.array(of: Float.self).allSatisfy { $0 == 0 })
        }
    }

    @Test func dropoutZeroesWeightsInTrainingAlone() throws {
        let attention = MultiHeadAttention(4, heads: 2, dropout: 0.5)
        attention.initialize(seed: 1)
        let input = x.converted(to: .float32)
        func train(_ seed: UInt64) throws -> [Float] {
            try withTensorErrors {
                ForwardContext.run(.training, random: RandomStream(seed: seed)) { attention(input) }
            }.array()
        }
        #expect(try train(1) == train(1))
        #expect(try train(1) != train(2))
        let evaluated = try withTensorErrors { attention(input) }.array(of: Float.self)
        #expect(try withTensorErrors { attention(input) }.array() == evaluated)
    }

    @Test func emptyBatchesAndShapesAlone() throws {
        let attention = MultiHeadAttention(4, heads: 2, rotaryBase: 10)
        #expect(try withTensorErrors { attention(Tensor.zeros([0, 3, 4])) }.shape == [0, 3, 4])
        let meta = try withTensorErrors {
            withDevice(.meta) {
                attention(Tensor.zeros([2, 3, 4], on: .meta), keys: Tensor.zeros([2, 7, 4], on: .meta))
            }
        }
        #expect(meta.shape == [2, 3, 4] && meta.device == .meta)
    }

    @Test func wrongArgumentsAreNamed() {
        let cases = [
            (MultiHeadAttention(4, heads: 0), "heads is 0, but must be 1 or more"),
            (MultiHeadAttention(4, heads: 3), "heads is 3, but must divide width, 4"),
            (MultiHeadAttention(-4, heads: 2), "width is -4, but must be 1 or more"),
            (MultiHeadAttention(4, heads: 4, keyValueHeads: 3), "keyValueHeads is 3, but must divide heads, 4"),
            (MultiHeadAttention(4, heads: 4, keyValueHeads: 0), "keyValueHeads is 0, but must be 1 or more"),
            (MultiHeadAttention(4, heads: 2, dropout: -1), "dropout is -1.0, but must be in 0 ... 1"),
            (MultiHeadAttention(4, heads: 2, rotaryBase: 0), "rotaryBase is 0.0, but must be a number above 0"),
            (
                MultiHeadAttention(6, heads: 2, rotaryBase: 10),
                "heads is 2, but must leave rotary positions an even width each, of 6"
            ),
        ]
        for (layer, what) in cases {
            #expect(mistake { layer(Tensor.zeros([2, 3, 4])) }?.what == what)
        }
    }

    @Test func inputsThatDoNotFitAreRefused() {
        let attention = MultiHeadAttention(4, heads: 2)
        let input = Tensor.zeros([2, 3, 4])
        #expect(mistake { attention(Tensor.zeros([3, 4])) }?.code == .shapeMismatch)
        #expect(mistake { attention(Tensor.zeros([2, 3, 5])) }?.code == .shapeMismatch)
        #expect(mistake { attention(input, keys: Tensor.zeros([3, 3, 4])) }?.code == .shapeMismatch)
        #expect(mistake { attention(input, mask: Tensor.zeros([1, 3, 3])) }?.code == .shapeMismatch)
        #expect(mistake { attention(input, mask: Tensor.zeros([3, 4])) }?.code == .shapeMismatch)
        #expect(mistake { attention(input, keyPaddingMask: Tensor.zeros([2, 3])) }?.code == .shapeMismatch)
        #expect(mistake { attention(input, keyPaddingMask: padding) }?.code == .shapeMismatch)
    }
}
