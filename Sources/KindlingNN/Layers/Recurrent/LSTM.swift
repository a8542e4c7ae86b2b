// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// What a long short-term memory carries from step to step.
public struct LSTMState: Sendable {
    /// h, the last outputs: `[L · D, N, H]`, or `[N, H]` of a cell.
    public var hidden: Tensor
    /// c, the memory: the same shape.
    public var cell: Tensor

    /// Puts both together.
    public init(hidden: Tensor, cell: Tensor) {
        self.hidden = hidden
        self.cell = cell
    }
}

/// Long short-term memory (Hochreiter and Schmidhuber 1997), with forget gates.
///
/// i, f, o = σ(W xₜ + b + U hₜ₋₁ + c), g = tanh(the same), cₜ = f cₜ₋₁ + i g, hₜ = o tanh cₜ. Shapes: `[N, T, I]` →
/// `[N, T, D · H]`, for D directions; weights `[4 H, I]` and `[4 H, H]`, with the rows of i, f, g and o. PyTorch's `LSTM`
/// with `batch_first`.
///
///     let net = LSTM(28, 128, layers: 2)
///     let (outputs, state) = net(x, state: nil, lengths: [7, 3])
///
///     Sequential { LSTM(28, 128, returnsSequences: false); Linear(128, 10) }      // [N, T, 28] → [N, 10]
public final class LSTM: RecurrentLayers {
    /// A network of so many features.
    /// - Parameters:
    ///   - inputSize: I, at least 1; taken from the first input when nil.
    ///   - hiddenSize: H, at least 1.
    ///   - layers: How many, one above the other, at least 1.
    ///   - bias: Whether something is added, twice.
    ///   - dropout: The share zeroed in training between layers, 0 ... 1.
    ///   - bidirectional: Whether sequences are read from the end too.
    ///   - returnsSequences: Whether ``RecurrentLayers/forward(_:)`` gives the outputs of all steps, or the last alone.
    public init(
        _ inputSize: Int?, _ hiddenSize: Int, layers: Int = 1, bias: Bool = true, dropout: Double = 0,
        bidirectional: Bool = false, returnsSequences: Bool = true
    ) {
        super.init(
            gates: 4,
            RecurrentOptions(
                inputSize: inputSize, hiddenSize: hiddenSize, layers: layers, bias: bias, dropout: dropout,
                bidirectional: bidirectional, returnsSequences: returnsSequences))
    }

    /// A network that takes the input's size from its first input; all else as in the other initializer.
    public convenience init(
        hidden hiddenSize: Int, layers: Int = 1, bias: Bool = true, dropout: Double = 0,
        bidirectional: Bool = false, returnsSequences: Bool = true
    ) {
        self.init(
            nil, hiddenSize, layers: layers, bias: bias, dropout: dropout,
            bidirectional: bidirectional, returnsSequences: returnsSequences)
    }

    /// The outputs of all steps, and the last states.
    /// - Parameters:
    ///   - input: `[N, T, I]`.
    ///   - state: The first states, `[L · D, N, H]` each: of each layer, each direction; zeros when nil.
    ///   - lengths: How many steps each sequence has; all when nil. Outputs after its end are zeros, its states stay.
    /// - Returns: `[N, T, D · H]`, and the last states `[L · D, N, H]`.
    public func callAsFunction(
        _ input: Tensor, state: LSTMState?, lengths: [Int]? = nil
    ) -> (output: Tensor, state: LSTMState) {
        let result = sequence(input, initial: state.map { [$0.hidden, $0.cell] }, lengths: lengths)
        return (result.output, LSTMState(hidden: result.states[0], cell: result.states[1]))
    }

    override func run(
        _ input: Tensor, _ weights: RecurrentWeights, initial: [Tensor]?, lengths: [Int]?, reversed: Bool
    ) -> (output: Tensor, states: [Tensor]) {
        let result = input.lstm(
            weights, initial: initial.map { ($0[0], $0[1]) }, lengths: lengths, reversed: reversed, batchFirst: true)
        return (result.output, [result.hidden, result.cell])
    }

    static let component = Component<any Layer>.recurrent(
        "LSTM", "Long short-term memory over sequences [N, steps, features]."
    ) {
        LSTM(
            $0.inputSize, $0.hiddenSize, layers: $0.layers, bias: $0.bias, dropout: $0.dropout,
            bidirectional: $0.bidirectional, returnsSequences: $0.returnsSequences)
    }
}
