// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// One step of a long short-term memory; see ``LSTM``.
///
/// Shapes: `[N, I]` and states `[N, H]` → `[N, H]` each. PyTorch's `LSTMCell`.
///
///     let cell = LSTMCell(28, 64)
///     state = cell(x, state: state)
public final class LSTMCell: RecurrentCell {
    /// A cell of so many features.
    /// - Parameters:
    ///   - inputSize: I, at least 1.
    ///   - hiddenSize: H, at least 1.
    ///   - bias: Whether something is added, twice.
    public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
        super.init(gates: 4, inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
    }

    /// The states after an input; zeros before it when nil.
    public func callAsFunction(_ input: Tensor, state: LSTMState?) -> LSTMState {
        let states = step(input) { sequence in
            let start = state.map { ($0.hidden, $0.cell) }
            let result = sequence.lstm(weights, initial: start, batchFirst: true)
            return [result.hidden, result.cell]
        }
        return LSTMState(hidden: states[0], cell: states[1])
    }
}
