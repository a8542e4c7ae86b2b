// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("attention")

/// Layers of transformers with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct TransformerLayerTests {
    private let x = numbers([2, 3, 4])
    private let memory = numbers([2, 4, 4], 2)
    private let padding = Tensor([false, false, true, true, false, true, false, false], shape: [2, 4])
    private let ownPadding = Tensor([false, false, true, false, false, false], shape: [2, 3])

    private func options(pre: Bool, causal: Bool = false) -> TransformerOptions {
        TransformerOptions(
            4, heads: 2, hidden: 6, dropout: 0, activation: pre ? .gelu : .relu, normFirst: pre, causal: causal)
    }

    @Test(arguments: FeedForwardActivation.allCases) func feedForward(_ activation: FeedForwardActivation) throws {
        let layer = FeedForward(4, hidden: 6, activation: activation)
        #expect((layer.gate != nil) == activation.isGated)
        try reference.expectPass("feed \(activation.recipeText)", layer, [numbers([2, 4])]) { layer($0[0]) }
        #expect(FeedForward(4).input.weight.shape == [16, 4])
    }

    @Test(arguments: [false, true]) func encoderLayer(_ pre: Bool) throws {
        let layer = TransformerEncoderLayer(options(pre: pre))
        try reference.expectPass("encoder layer \(pre ? "pre" : "post")", layer, [x]) {
            layer($0[0], mask: nil, keyPaddingMask: ownPadding)
        }
    }

    @Test(arguments: [false, true]) func decoderLayer(_ pre: Bool) throws {
        let layer = TransformerDecoderLayer(options(pre: pre, causal: true))
        try reference.expectPass("decoder layer \(pre ? "pre" : "post")", layer, [x, memory]) {
            layer($0[0], memory: $0[1], memoryKeyPaddingMask: padding)
        }
    }

    @Test func stacks() throws {
        let encoder = TransformerEncoder(layers: 2, options(pre: false, causal: true), finalNorm: true)
        try reference.expectPass("encoder", encoder, [x]) { encoder($0[0]) }
        #expect(encoder.namedParameters[0].name == "layers.0.attention.query.weight")
        #expect(encoder.namedParameters.last?.name == "norm.bias")
        #expect(encoder.namedParameters.contains { $0.name == "layers.1.feedForward.output.weight" })
        let decoder = TransformerDecoder(layers: 2, options(pre: false))
        try reference.expectPass("decoder", decoder, [x, memory]) { decoder($0[0], memory: $0[1]) }
    }

    @Test func countsEqualThePublishedOnes() {
        // PyTorch's layers of the original transformer, and GPT-2's body with its last normalization.
        #expect(TransformerEncoderLayer(.init(512, heads: 8)).parameterCount == 3_152_384)
        #expect(TransformerDecoderLayer(.init(512, heads: 8)).parameterCount == 4_204_032)
        let body = TransformerEncoder(
            layers: 12, .init(768, heads: 12, hidden: 3072, normFirst: true, causal: true), finalNorm: true)
        #expect(body.parameterCount == 85_056_000)
    }

    @Test func causalLayersSeeNothingOfWhatFollows() throws {
        let body = TransformerEncoder(
            layers: 2,
            .init(
                8, heads: 4, hidden: 16, keyValueHeads: 2, dropout: 0, activation: .swiglu, normFirst: true, norm: .rms,
                bias: false, causal: true, rotaryBase: 100))
        body.initialize(seed: 3)
        #expect(body.parameters.count == 2 * 9)
        let input = numbers([1, 5, 8]).converted(to: .float32)
        let whole = try withTensorErrors { body(input) }.array(of: Float.self)
        let part = try withTensorErrors { body(input.sliced(0..<3, along: 1)) }.array(of: Float.self)
        for (value, wanted) in zip(part, whole) { #expect(abs(value - wanted) < 1e-5) }
    }

    @Test func dropoutInTrainingAlone() throws {
        let layer = TransformerEncoder(layers: 1, .init(4, heads: 2, hidden: 6, dropout: 0.5))
        layer.initialize(seed: 1)
        let input = x.converted(to: .float32)
        func train(_ seed: UInt64) throws -> [Float] {
            try withTensorErrors { ForwardContext.run(.training, random: RandomStream(seed: seed)) { layer(input) } }
                .array()
        }
        #expect(try train(1) == train(1))
        #expect(try train(1) != train(2))
        #expect(try withTensorErrors { layer(input) }.array(of: Float.self) != train(1))
        #expect(try withTensorErrors { layer(Tensor.zeros([0, 3, 4])) }.shape == [0, 3, 4])
    }

    @Test func shapesOfADecoderOnMeta() throws {
        let decoder = TransformerDecoder(layers: 1, options(pre: true), finalNorm: true)
        let meta = try withTensorErrors {
            withDevice(.meta) {
                decoder(Tensor.zeros([2, 3, 4], on: .meta), memory: Tensor.zeros([2, 7, 4], on: .meta))
            }
        }
        #expect(meta.shape == [2, 3, 4] && meta.device == .meta)
    }

    @Test func wrongArgumentsAreNamed() {
        let input = Tensor.zeros([2, 3, 4])
        func what(_ options: TransformerOptions) -> [String?] {
            [
                mistake { TransformerEncoderLayer(options)(input) }?.what,
                mistake { TransformerEncoder(layers: 2, options)(input) }?.what,
                mistake { TransformerDecoderLayer(options)(input, memory: input) }?.what,
                mistake { TransformerDecoder(layers: 2, options)(input, memory: input) }?.what,
            ]
        }
        let cases: [(TransformerOptions, String)] = [
            (.init(4, heads: 0), "heads is 0, but must be 1 or more"),
            (.init(4, heads: 3), "heads is 3, but must divide width, 4"),
            (.init(4, heads: 2, hidden: 0), "hidden is 0, but must be 1 or more"),
            (.init(4, heads: 2, dropout: 1.5), "dropout is 1.5, but must be in 0 ... 1"),
            (.init(4, heads: 2, epsilon: -1), "epsilon is -1.0, but must be a number above 0"),
        ]
        for (options, wanted) in cases { #expect(what(options) == [wanted, wanted, wanted, wanted]) }
        let none = mistake { TransformerEncoder(layers: 0, .init(4, heads: 2))(input) }
        #expect(none?.what == "layers is 0, but must be in 1 ... 10000")
        #expect(mistake { FeedForward(0)(input) }?.what == "width is 0, but must be 1 or more")
        #expect(mistake { FeedForward(4, hidden: -1)(input) }?.what == "hidden is -1, but must be 1 or more")
    }

    @Test func inputsThatDoNotFitAreRefusedWithTheirPlace() {
        let body = TransformerEncoder(layers: 1, options(pre: false))
        let error = mistake {
            ForwardContext.run(.evaluation, random: RandomStream(seed: 0)) { body(Tensor.zeros([2, 3, 5])) }
        }
        #expect(error?.modulePath == "layers.0.attention" && error?.code == .shapeMismatch)
        #expect(mistake { FeedForward(4)(Tensor.zeros([2, 5])) }?.code == .shapeMismatch)
        let decoder = TransformerDecoder(layers: 1, options(pre: false))
        #expect(mistake { decoder(Tensor.zeros([2, 3, 4]), memory: Tensor.zeros([3, 3, 4])) }?.code == .shapeMismatch)
    }
}
