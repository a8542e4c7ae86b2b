// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A gated recurrent unit over a batch of sequences (Cho and others 2014), with the reset after the product.
    ///
    /// r, z = σ(W xₜ + b + U hₜ₋₁ + c), n = tanh(W xₜ + b + r (U hₜ₋₁ + c)), hₜ = (1 − z) n + z hₜ₋₁. Rows of the weights
    /// are those of r, z and n, as PyTorch's.
    ///
    ///     let weights = RecurrentWeights(input: w, hidden: u)          // [3 H, I], [3 H, H]
    ///     let (output, state) = sequences.gru(weights, reversed: true)
    /// - Parameters:
    ///   - weights: `[3 H, I]` and `[3 H, H]`, biases `[3 H]`.
    ///   - initial: `[N, H]`; zeros by default.
    ///   - lengths: How many steps each sequence has, 0 ... T; all by default. After its end a sequence's state stays
    ///     and its output is zero.
    ///   - reversed: Whether the last step comes first.
    ///   - batchFirst: Whether this tensor and the output are `[N, T, …]`.
    /// - Returns: The states of all steps `[T, N, H]` and the last state `[N, H]`. Refuses what
    ///   ``recurrent(_:initial:activation:lengths:reversed:batchFirst:)`` refuses.
    public func gru(
        _ weights: RecurrentWeights, initial: Tensor? = nil, lengths: [Int]? = nil, reversed: Bool = false,
        batchFirst: Bool = false
    ) -> (output: Tensor, state: Tensor) {
        let (input, weights) = (prepared(for: "gru"), weights.prepared(for: "gru"))
        let initial = initial?.prepared(for: "gru")
        let result = sequenceResult([input, initial] + weights.all) { () throws(TensorError) in
            let sequence = try RecurrentSequence(
                "gru", input, weights, gates: 3, states: [initial], lengths: lengths, reversed: reversed,
                batchFirst: batchFirst)
            let size = sequence.features
            return sequence.run(bias: weights.inputBias, [sequence.initial(initial)]) { projected, states in
                let recurred = states[0].linear(weight: weights.hidden, bias: weights.hiddenBias)
                let parts = [projected, recurred].flatMap { whole in
                    (0..<3).map { whole.sliced($0 * size..<($0 + 1) * size, along: 1) }
                }
                return [dispatch(Elementwise(definition: gruStep, parameters: [], dtype: nil), parts + states)]
            }
        }
        return (result.output, result.states[0])
    }
}

/// The new state from r, z and n of the input, r, z and n of the state, and the state.
private let gruStep = ElementwiseDefinition("gru", .promoted, inputs: 7) { builder in
    let reset = builder.apply(.sigmoid, builder.apply(.add, builder.input(0), builder.input(3)))
    let update = builder.apply(.sigmoid, builder.apply(.add, builder.input(1), builder.input(4)))
    let news = builder.apply(.tanh, builder.apply(.multiplyAdd, reset, builder.input(5), builder.input(2)))
    // (1 − z) n + z h = n + z (h − n)
    return builder.apply(.multiplyAdd, update, builder.apply(.subtract, builder.input(6), news), news)
}
