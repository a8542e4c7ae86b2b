// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("recurrent")
private let x = numbers([3, 4, 3])

private func joined(_ tensors: [Tensor]) -> Tensor { .concatenated(tensors.map { $0.flattened() }) }

/// Recurrent networks with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct RecurrentLayerTests {
    /// Layers and directions.
    private static let sizes = [(1, false), (2, true)]
    private static let lengths: [[Int]?] = [nil, [4, 2, 3]]

    private func initial(_ layers: Int, _ bidirectional: Bool, _ place: Int) -> Tensor {
        numbers([layers * (bidirectional ? 2 : 1), 3, 2], place, scale: 0.5)
    }

    private func name(_ kind: String, _ layers: Int, _ bidirectional: Bool, _ lengths: [Int]?) -> String {
        "\(kind) \(layers) \(bidirectional ? 2 : 1)\(lengths == nil ? "" : " packed")"
    }

    @Test(arguments: sizes, lengths) func plain(_ size: (Int, Bool), _ lengths: [Int]?) throws {
        let layer = RNN(3, 2, layers: size.0, bidirectional: size.1)
        let inputs = [x, initial(size.0, size.1, 3)]
        try reference.expectPass(name("RNN", size.0, size.1, lengths), layer, inputs) {
            let (output, state) = layer($0[0], state: $0[1], lengths: lengths)
            return joined([output, state])
        }
    }

    @Test(arguments: sizes, lengths) func gated(_ size: (Int, Bool), _ lengths: [Int]?) throws {
        let layer = GRU(3, 2, layers: size.0, bidirectional: size.1)
        let inputs = [x, initial(size.0, size.1, 3)]
        try reference.expectPass(name("GRU", size.0, size.1, lengths), layer, inputs) {
            let (output, state) = layer($0[0], state: $0[1], lengths: lengths)
            return joined([output, state])
        }
    }

    @Test(arguments: sizes, lengths) func longShortTerm(_ size: (Int, Bool), _ lengths: [Int]?) throws {
        let layer = LSTM(3, 2, layers: size.0, bidirectional: size.1)
        let inputs = [x, initial(size.0, size.1, 3), initial(size.0, size.1, 4)]
        try reference.expectPass(name("LSTM", size.0, size.1, lengths), layer, inputs) {
            let (output, state) = layer($0[0], state: LSTMState(hidden: $0[1], cell: $0[2]), lengths: lengths)
            return joined([output, state.hidden, state.cell])
        }
    }

    @Test func withoutBiasesAndWithReLU() throws {
        let layers: [(String, any Layer)] = [
            ("RNN bare", RNN(3, 2, bias: false)), ("GRU bare", GRU(3, 2, bias: false)),
            ("LSTM bare", LSTM(3, 2, bias: false)), ("RNN relu", RNN(3, 2, activation: .relu)),
        ]
        for (name, layer) in layers { try reference.expectPass(name, layer, [x]) { layer($0[0]) } }
    }

    @Test func cellsTakeSingleSteps() throws {
        let input = x.sliced(0..<1, along: 1).reshaped(to: [3, 3])
        let (hidden, memory) = (numbers([3, 2], 3, scale: 0.5), numbers([3, 2], 4, scale: 0.5))
        let (plain, gated, long) = (RNNCell(3, 2), GRUCell(3, 2), LSTMCell(3, 2))
        try reference.expectPass("RNN cell", plain, [input, hidden]) { plain($0[0], state: $0[1]) }
        try reference.expectPass("GRU cell", gated, [input, hidden]) { gated($0[0], state: $0[1]) }
        try reference.expectPass("LSTM cell", long, [input, hidden, memory]) {
            let state = long($0[0], state: LSTMState(hidden: $0[1], cell: $0[2]))
            return joined([state.hidden, state.cell])
        }
        #expect(try withTensorErrors { long(input, state: nil) }.cell.shape == [3, 2])
        #expect(
            plain.namedParameters.map(\.name) == ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"])
    }

    @Test func theLastOutputOfEachDirectionAlone() throws {
        let whole = LSTM(3, 2, layers: 2, bidirectional: true)
        let last = LSTM(3, 2, layers: 2, bidirectional: true, returnsSequences: false)
        for (mine, theirs) in zip(last.parameters, whole.parameters) { mine.value = theirs.value.detached() }
        let input = x.converted(to: .float32)
        let outputs = try withTensorErrors { whole(input) }
        let wanted = Tensor.concatenated(
            [
                outputs.sliced(3..<4, along: 1).sliced(0..<2, along: 2),
                outputs.sliced(0..<1, along: 1).sliced(2..<4, along: 2),
            ], along: 2)
        #expect(try withTensorErrors { last(input) }.array(of: Float.self) == wanted.array())
        #expect(try withTensorErrors { GRU(3, 2, returnsSequences: false)(input) }.shape == [3, 2])
    }

    @Test func dropoutBetweenLayersInTrainingAlone() throws {
        let layer = GRU(3, 2, layers: 2, dropout: 0.5)
        layer.initialize(seed: 1)
        let input = x.converted(to: .float32)
        func train(_ layer: GRU, _ seed: UInt64) throws -> [Float] {
            try withTensorErrors { ForwardContext.run(.training, random: RandomStream(seed: seed)) { layer(input) } }
                .array()
        }
        #expect(try train(layer, 1) == train(layer, 1))
        #expect(try train(layer, 1) != train(layer, 2))
        #expect(try withTensorErrors { layer(input) }.array(of: Float.self) != train(layer, 1))
        // A single layer has nothing between.
        let single = GRU(3, 2, dropout: 0.5)
        #expect(try withTensorErrors { single(input) }.array(of: Float.self) == train(single, 1))
    }

    @Test func weightsBeginAndAreNamedByLayer() throws {
        let layer = LSTM(hidden: 100, layers: 2, bidirectional: true)
        #expect(!layer.isFullyBuilt)
        try layer.build(inputShape: [1, 1, 50])
        // PyTorch's count for these sizes.
        #expect(layer.parameterCount == 363_200)
        #expect(
            layer.namedParameters.filter { $0.name.hasSuffix("inputWeight") }.map(\.name) == [
                "layers.0.inputWeight", "layers.1.inputWeight", "reversed.0.inputWeight", "reversed.1.inputWeight",
            ])
        layer.initialize(seed: 1)
        for parameter in layer.parameters {
            #expect(try parameter.value.array(of: Float.self).allSatisfy { abs($0) <= 0.1 })
        }
    }

    @Test func emptyBatchesAndOtherTypes() throws {
        for layer: any Layer in [RNN(3, 2), GRU(3, 2), LSTM(3, 2)] {
            #expect(try withTensorErrors { layer(Tensor.zeros([0, 4, 3])) }.shape == [0, 4, 2])
            #expect(try withTensorErrors { layer(Tensor.zeros([2, 0, 3])) }.shape == [2, 0, 2])
        }
    }

    @Test func wrongArgumentsAreNamed() {
        let cases: [(any Layer, String)] = [
            (RNN(0, 2), "inputSize is 0, but must be 1 or more"),
            (GRU(3, -2), "hiddenSize is -2, but must be 1 or more"),
            (LSTM(3, .max), "hiddenSize is \(Int.max), but must be a size that a tensor can have"),
            (LSTM(3, 2, layers: 0), "layers is 0, but must be in 1 ... 10000"),
            (LSTM(hidden: 2, dropout: 2), "dropout is 2.0, but must be in 0 ... 1"),
        ]
        for (layer, what) in cases {
            let error = mistake { layer(Tensor.zeros([2, 3, 3])) }
            #expect(error?.what == what && error?.operation == String(describing: type(of: layer)))
        }
        #expect(mistake { RNNCell(0, 2)(.zeros([1, 3]), state: nil) }?.what == "inputSize is 0, but must be 1 or more")
        #expect(
            mistake { GRUCell(3, 0)(.zeros([1, 3]), state: nil) }?.what == "hiddenSize is 0, but must be 1 or more")
    }

    @Test func inputsThatDoNotFitAreRefused() {
        let layer = LSTM(3, 2)
        let input = Tensor.zeros([2, 4, 3])
        #expect(mistake { layer(Tensor.zeros([2, 3])) }?.code == .shapeMismatch)
        #expect(mistake { layer(Tensor.zeros([2, 4, 5])) }?.code == .shapeMismatch)
        #expect(mistake { layer(input, state: nil, lengths: [4]).output }?.code == .invalidValue)
        #expect(mistake { layer(input, state: nil, lengths: [4, 5]).output }?.code == .invalidValue)
        let state = LSTMState(hidden: .zeros([2, 2, 2]), cell: .zeros([1, 2, 2]))
        #expect(mistake { layer(input, state: state).output }?.code == .shapeMismatch)
        #expect(mistake { GRUCell(3, 2)(input, state: nil) }?.code == .shapeMismatch)
        #expect(mistake { LSTMCell(3, 2)(.zeros([2, 5]), state: nil).cell }?.code == .shapeMismatch)
    }
}
