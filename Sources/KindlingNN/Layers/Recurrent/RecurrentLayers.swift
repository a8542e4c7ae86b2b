// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// What ``RNN``, ``LSTM`` and ``GRU`` share: layers one above the other, in one direction or both.
///
/// Each layer reads the outputs of the one below, both directions side by side; between layers a share is zeroed in
/// training. Not made itself.
public class RecurrentLayers: Layer, LazilyBuilt {
    /// The layers' weights, from the input upwards.
    public let layers: [RecurrentCell]
    /// The weights of the layers that read from the end; empty for one direction.
    public let reversed: [RecurrentCell]
    private let options: RecurrentOptions
    private let dropout: Dropout
    private let mistake: LayerError?

    init(gates: Int, _ options: RecurrentOptions) {
        mistake = .found(file: nil) { () throws(LayerError) in try options.check() }
        let options = options.orStandIn(mistake)
        self.options = options
        func cells() -> [RecurrentCell] {
            (0..<options.layers).map { _ in
                RecurrentCell(gates: gates, hiddenSize: options.hiddenSize, bias: options.bias)
            }
        }
        layers = cells()
        reversed = options.bidirectional ? cells() : []
        dropout = Dropout(rate: options.dropout)
        if mistake == nil, let inputSize = options.inputSize { build(inputSize: inputSize) }
        note(mistake)
    }

    /// Whether the input's size is known.
    public var isBuilt: Bool { mistake == nil && layers[0].isBuilt }

    /// Takes the input's size from an input `[N, T, I]`.
    public func build(for input: Shape) throws(TensorError) {
        try checkInput(input)
        build(inputSize: input[2])
    }

    private func build(inputSize: Int) {
        let above = options.hiddenSize * (options.bidirectional ? 2 : 1)
        for cells in [layers, reversed] {
            for (index, cell) in cells.enumerated() { cell.build(inputSize: index == 0 ? inputSize : above) }
        }
    }

    private var name: String { String(describing: type(of: self)) }

    private func checkInput(_ input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: name) }
        guard input.rank == 3, input[2] == options.inputSize ?? input[2] else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(input) does not fit",
                remedy: "give sequences [N, T, \(options.inputSize.map(String.init) ?? "I")]")
        }
    }

    /// The outputs of all steps `[N, T, D · H]`, or of the last one alone `[N, D · H]`, for D directions.
    ///
    /// The last output of the direction that reads from the end is that of the first step.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            try checkInput(input.shape)
            let (output, states) = try pass(input, initial: nil, lengths: nil)
            if options.returnsSequences { return output }
            return Tensor.concatenated(states.suffix(options.bidirectional ? 2 : 1).map { $0[0] }, along: 1)
        } catch { return .failed(error, input.spec) }
    }

    /// Outputs, and the last states, `[L · D, N, H]` each: of each layer, each direction.
    func sequence(_ input: Tensor, initial: [Tensor]?, lengths: [Int]?) -> (output: Tensor, states: [Tensor]) {
        ForwardContext.inside(self) {
            do throws(TensorError) {
                if let failed = buildIfNeeded(for: input) { return (failed, [failed, failed]) }
                try checkInput(input.shape)
                let (output, states) = try pass(input, initial: initial, lengths: lengths)
                return (output, states[0].indices.map { index in .stacked(states.map { $0[index] }) })
            } catch {
                let failed = Tensor.failed(error, input.spec)
                return (failed, [failed, failed])
            }
        }
    }

    /// Outputs `[N, T, D · H]`, and the last states of each layer and direction: what the cell keeps, `[N, H]` each.
    private func pass(
        _ input: Tensor, initial: [Tensor]?, lengths: [Int]?
    ) throws(TensorError) -> (output: Tensor, states: [[Tensor]]) {
        let directions = reversed.isEmpty ? 1 : 2
        let wanted: Shape = [layers.count * directions, input.shape[0], options.hiddenSize]
        for state in initial ?? [] where state.shape != wanted && !state.isPlaceholder {
            throw TensorError(
                .shapeMismatch, operation: name, "an initial state of shape \(state.shape) does not fit",
                remedy: "give \(wanted): layers and directions, batch, hidden size")
        }
        var output = input
        var states: [[Tensor]] = []
        for index in layers.indices {
            if index > 0 { output = dropout(output) }
            var sides: [Tensor] = []
            for cell in reversed.isEmpty ? [layers[index]] : [layers[index], reversed[index]] {
                let place = states.count
                let start = initial?.map { $0.sliced(place..<place + 1).reshaped(to: [wanted[1], wanted[2]]) }
                let result = run(output, cell.weights, initial: start, lengths: lengths, reversed: !sides.isEmpty)
                sides.append(result.output)
                states.append(result.states)
            }
            output = sides.count == 1 ? sides[0] : .concatenated(sides, along: 2)
        }
        return (output, states)
    }

    /// One layer in one direction over `[N, T, I]`.
    func run(
        _ input: Tensor, _ weights: RecurrentWeights, initial: [Tensor]?, lengths: [Int]?, reversed: Bool
    ) -> (output: Tensor, states: [Tensor]) {
        internalFault("RecurrentLayers has no cell of its own")
    }
}

extension Component<any Layer> {
    /// Declares one of the networks, which differ in their cell alone.
    static func recurrent(
        _ type: String, _ documentation: String,
        make: @escaping @Sendable (RecurrentOptions) -> RecurrentLayers
    ) -> Component<any Layer> {
        Component(
            type, documentation,
            Field<Int?>("inputSize", default: nil, in: .atLeast(1), "The input's last size, taken from it when null."),
            Field<Int>(required: "hiddenSize", in: .atLeast(1), "Features of the state."),
            Field("layers", default: 1, in: .atLeast(1), "How many, one above the other."),
            Field("bias", default: true, "Whether something is added."),
            Field("dropout", default: 0.0, in: .fraction, "Share zeroed in training between layers."),
            Field("bidirectional", default: false, "Whether sequences are read from the end too."),
            Field("returnsSequences", default: true, "Whether the outputs of all steps come out, or the last alone.")
        ) { inputSize, hiddenSize, layers, bias, dropout, bidirectional, returnsSequences in
            let options = RecurrentOptions(
                inputSize: inputSize, hiddenSize: hiddenSize, layers: layers, bias: bias, dropout: dropout,
                bidirectional: bidirectional, returnsSequences: returnsSequences)
            try options.check()
            return make(options)
        }
    }
}
