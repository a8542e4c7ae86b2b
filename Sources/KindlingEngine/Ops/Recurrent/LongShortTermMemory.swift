// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A long short-term memory over a batch of sequences (Hochreiter and Schmidhuber 1997, with forget gates).
    ///
    /// i, f, o = σ(W xₜ + U hₜ₋₁ + b), g = tanh(W xₜ + U hₜ₋₁ + b), cₜ = f cₜ₋₁ + i g, hₜ = o tanh cₜ. Rows of the
    /// weights are those of i, f, g and o, as PyTorch's.
    ///
    ///     let weights = RecurrentWeights(input: w, hidden: u)          // [4 H, I], [4 H, H]
    ///     let (output, hidden, cell) = sequences.lstm(weights)
    /// - Parameters:
    ///   - weights: `[4 H, I]` and `[4 H, H]`, biases `[4 H]`.
    ///   - initial: Hidden state and cell, `[N, H]` each; zeros by default.
    ///   - lengths: How many steps each sequence has, 0 ... T; all by default. After its end a sequence's states stay
    ///     and its output is zero.
    ///   - reversed: Whether the last step comes first.
    ///   - batchFirst: Whether this tensor and the output are `[N, T, …]`.
    /// - Returns: The hidden states of all steps `[T, N, H]`, and the last hidden state and cell `[N, H]`. Refuses what
    ///   ``recurrent(_:initial:activation:lengths:reversed:batchFirst:)`` refuses.
    public func lstm(
        _ weights: RecurrentWeights, initial: (hidden: Tensor, cell: Tensor)? = nil, lengths: [Int]? = nil,
        reversed: Bool = false, batchFirst: Bool = false
    ) -> (output: Tensor, hidden: Tensor, cell: Tensor) {
        let given = [initial?.hidden, initial?.cell].map { $0?.prepared(for: "lstm") }
        let (input, weights) = (prepared(for: "lstm"), weights.prepared(for: "lstm"))
        let result = sequenceResult([input] + given + weights.all) { () throws(TensorError) in
            let sequence = try RecurrentSequence(
                "lstm", input, weights, gates: 4, states: given, lengths: lengths, reversed: reversed,
                batchFirst: batchFirst)
            let recurrence = weights.hidden.transposed()
            let size = sequence.features
            let start = given.map { sequence.initial($0) }
            return sequence.run(bias: weights.commonBias, start) { projected, states in
                let gates = projected + states[0].matmul(recurrence)
                let parts = (0..<4).map { gates.sliced($0 * size..<($0 + 1) * size, along: 1) }
                let cell = dispatch(
                    Elementwise(definition: cellStep, parameters: [], dtype: nil),
                    [parts[0], parts[1], parts[2], states[1]])
                return [parts[3].elementwise(outputStep, cell), cell]
            }
        }
        return (result.output, result.states[0], result.states[1])
    }
}

/// The new cell from the gates i, f and g before their nonlinearities, and the cell.
private let cellStep = ElementwiseDefinition("lstm", .promoted, inputs: 4) { builder in
    let kept = builder.apply(.multiply, builder.apply(.sigmoid, builder.input(1)), builder.input(3))
    let (gate, news) = (builder.apply(.sigmoid, builder.input(0)), builder.apply(.tanh, builder.input(2)))
    return builder.apply(.multiplyAdd, gate, news, kept)
}

/// The hidden state from the gate o before its nonlinearity, and the new cell.
private let outputStep = ElementwiseDefinition("lstm", .promoted, inputs: 2) { builder in
    builder.apply(
        .multiply, builder.apply(.sigmoid, builder.input(0)), builder.apply(.tanh, builder.input(1)))
}
