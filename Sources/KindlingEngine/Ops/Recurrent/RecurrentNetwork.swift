// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The nonlinearity of a plain recurrent network.
public enum RecurrentActivation: String, Sendable, Hashable, CaseIterable {
    /// The hyperbolic tangent.
    case tanh
    /// max(0, x).
    case relu
}

extension Tensor {
    /// A plain recurrent network over a batch of sequences: hₜ = f(W xₜ + U hₜ₋₁ + b) (Elman 1990).
    ///
    ///     let weights = RecurrentWeights(input: w, hidden: u)
    ///     let (output, state) = sequences.recurrent(weights, lengths: [7, 3])
    /// - Parameters:
    ///   - weights: `[H, I]` and `[H, H]`, biases `[H]`.
    ///   - initial: `[N, H]`; zeros by default.
    ///   - activation: f, tanh by default.
    ///   - lengths: How many steps each sequence has, 0 ... T; all by default. After its end a sequence's state stays
    ///     and its output is zero.
    ///   - reversed: Whether the last step comes first.
    ///   - batchFirst: Whether this tensor and the output are `[N, T, …]`.
    /// - Returns: The states of all steps `[T, N, H]` and the last state `[N, H]`. Refuses inputs that are not
    ///   `[T, N, I]`, weights and lengths that do not fit, and mixed or whole-number types.
    public func recurrent(
        _ weights: RecurrentWeights, initial: Tensor? = nil, activation: RecurrentActivation = .tanh,
        lengths: [Int]? = nil, reversed: Bool = false, batchFirst: Bool = false
    ) -> (output: Tensor, state: Tensor) {
        let (input, weights) = (prepared(for: "recurrent"), weights.prepared(for: "recurrent"))
        let initial = initial?.prepared(for: "recurrent")
        let result = sequenceResult([input, initial] + weights.all) { () throws(TensorError) in
            let sequence = try RecurrentSequence(
                "recurrent", input, weights, gates: 1, states: [initial], lengths: lengths, reversed: reversed,
                batchFirst: batchFirst)
            let recurrence = weights.hidden.transposed()
            let definition = activation == .tanh ? tanhStep : reluStep
            return sequence.run(bias: weights.commonBias, [sequence.initial(initial)]) { projected, states in
                [projected.elementwise(definition, states[0].matmul(recurrence))]
            }
        }
        return (result.output, result.states[0])
    }

    /// The result of a recurrent network, or what stands in for it.
    func sequenceResult(
        _ inputs: [Tensor?], _ body: () throws(TensorError) -> (output: Tensor, states: [Tensor])
    ) -> (output: Tensor, states: [Tensor]) {
        var states: [Tensor] = []
        let output = Tensor.composed(inputs) { () throws(TensorError) in
            let result = try body()
            states = result.states
            return result.output
        }
        // Where nothing was computed, the output stands in for the states too.
        return states.isEmpty ? (output, [output, output]) : (output, states)
    }
}

private let tanhStep = ElementwiseDefinition("recurrent", .promoted, inputs: 2) { builder in
    builder.apply(.tanh, builder.apply(.add, builder.input(0), builder.input(1)))
}

private let reluStep = ElementwiseDefinition("recurrent", .promoted, inputs: 2) { builder in
    let sum = builder.apply(.add, builder.input(0), builder.input(1))
    let positive = builder.apply(.less, builder.constant(0), sum)
    return builder.apply(.select, positive, sum, builder.constant(0))
}
