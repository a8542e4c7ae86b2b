// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A plain recurrent network: hₜ = f(W xₜ + b + U hₜ₋₁ + c) (Elman 1990).
///
/// Shapes: `[N, T, I]` → `[N, T, D · H]`, for D directions; weights `[H, I]` and `[H, H]`. PyTorch's `RNN` with
/// `batch_first`.
///
///     let net = RNN(28, 64, activation: .relu)
///     let (outputs, state) = net(x, state: nil, lengths: [7, 3])
public final class RNN: RecurrentLayers {
    private let activation: RecurrentActivation

    /// A network of so many features.
    /// - Parameters:
    ///   - inputSize: I, at least 1; taken from the first input when nil.
    ///   - hiddenSize: H, at least 1.
    ///   - layers: How many, one above the other, at least 1.
    ///   - activation: f, tanh by default.
    ///   - bias: Whether something is added, twice.
    ///   - dropout: The share zeroed in training between layers, 0 ... 1.
    ///   - bidirectional: Whether sequences are read from the end too.
    ///   - returnsSequences: Whether ``RecurrentLayers/forward(_:)`` gives the outputs of all steps, or the last alone.
    public init(
        _ inputSize: Int?, _ hiddenSize: Int, layers: Int = 1, activation: RecurrentActivation = .tanh,
        bias: Bool = true, dropout: Double = 0, bidirectional: Bool = false, returnsSequences: Bool = true
    ) {
        self.activation = activation
        super.init(
            gates: 1,
            RecurrentOptions(
                inputSize: inputSize, hiddenSize: hiddenSize, layers: layers, bias: bias, dropout: dropout,
                bidirectional: bidirectional, returnsSequences: returnsSequences))
    }

    /// A network that takes the input's size from its first input; all else as in the other initializer.
    public convenience init(
        hidden hiddenSize: Int, layers: Int = 1, activation: RecurrentActivation = .tanh, bias: Bool = true,
        dropout: Double = 0,
        bidirectional: Bool = false, returnsSequences: Bool = true
    ) {
        self.init(
            nil, hiddenSize, layers: layers, activation: activation, bias: bias, dropout: dropout,
            bidirectional: bidirectional, returnsSequences: returnsSequences)
    }

    /// The outputs of all steps, and the last states.
    /// - Parameters:
    ///   - input: `[N, T, I]`.
    ///   - state: The first states, `[L · D, N, H]`: of each layer, each direction; zeros when nil.
    ///   - lengths: How many steps each sequence has; all when nil. Outputs after its end are zeros, its state stays.
    /// - Returns: `[N, T, D · H]`, and the last states `[L · D, N, H]`.
    public func callAsFunction(
        _ input: Tensor, state: Tensor?, lengths: [Int]? = nil
    ) -> (output: Tensor, state: Tensor) {
        let result = sequence(input, initial: state.map { [$0] }, lengths: lengths)
        return (result.output, result.states[0])
    }

    override func run(
        _ input: Tensor, _ weights: RecurrentWeights, initial: [Tensor]?, lengths: [Int]?, reversed: Bool
    ) -> (output: Tensor, states: [Tensor]) {
        let result = input.recurrent(
            weights, initial: initial?[0], activation: activation, lengths: lengths, reversed: reversed,
            batchFirst: true)
        return (result.output, [result.state])
    }

    /// Keras' `SimpleRNN`.
    public var kerasName: String { "simple_rnn" }

    static let component = Component<any Layer>.recurrent(
        "RNN", "A plain recurrent network over sequences [N, steps, features]."
    ) {
        RNN(
            $0.inputSize, $0.hiddenSize, layers: $0.layers, bias: $0.bias, dropout: $0.dropout,
            bidirectional: $0.bidirectional, returnsSequences: $0.returnsSequences)
    }
}
