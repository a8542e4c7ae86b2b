// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// One step of a gated recurrent unit; see ``GRU``.
///
/// Shapes: `[N, I]` and state `[N, H]` → `[N, H]`. PyTorch's `GRUCell`.
///
///     let cell = GRUCell(28, 64)
///     state = cell(x, state: state)
public final class GRUCell: RecurrentCell {
    /// A cell of so many features.
    /// - Parameters:
    ///   - inputSize: I, at least 1.
    ///   - hiddenSize: H, at least 1.
    ///   - bias: Whether something is added, twice.
    public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
        super.init(gates: 3, inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
    }

    /// The state after an input; zeros before it when nil.
    public func callAsFunction(_ input: Tensor, state: Tensor?) -> Tensor {
        step(input) { [$0.gru(weights, initial: state, batchFirst: true).state] }[0]
    }
}
