// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Gated recurrent units (Cho and others 2014), with the reset after the product.
///
/// r, z = σ(W xₜ + b + U hₜ₋₁ + c), n = tanh(W xₜ + b + r (U hₜ₋₁ + c)), hₜ = (1 − z) n + z hₜ₋₁. Shapes: `[N, T, I]` →
/// `[N, T, D · H]`, for D directions; weights `[3 H, I]` and `[3 H, H]`, with the rows of r, z and n. PyTorch's `GRU`
/// with `batch_first`.
///
///     let net = GRU(28, 64, layers: 2, bidirectional: true)
///     let (outputs, state) = net(x, state: nil)
public final class GRU: RecurrentLayers {
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
            gates: 3,
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
        let result = input.gru(
            weights, initial: initial?[0], lengths: lengths, reversed: reversed, batchFirst: true)
        return (result.output, [result.state])
    }

    static let component = Component<any Layer>.recurrent(
        "GRU", "Gated recurrent units over sequences [N, steps, features]."
    ) {
        GRU(
            $0.inputSize, $0.hiddenSize, layers: $0.layers, bias: $0.bias, dropout: $0.dropout,
            bidirectional: $0.bidirectional, returnsSequences: $0.returnsSequences)
    }
}
