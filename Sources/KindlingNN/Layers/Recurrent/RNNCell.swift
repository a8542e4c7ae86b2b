// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// One step of a plain recurrent network: h' = f(W x + b + U h + c) (Elman 1990).
///
/// Shapes: `[N, I]` and state `[N, H]` → `[N, H]`. PyTorch's `RNNCell`.
///
///     let cell = RNNCell(28, 64)
///     state = cell(x, state: state)
public final class RNNCell: RecurrentCell {
    private let activation: RecurrentActivation

    /// A cell of so many features.
    /// - Parameters:
    ///   - inputSize: I, at least 1.
    ///   - hiddenSize: H, at least 1.
    ///   - activation: f.
    ///   - bias: Whether something is added, twice.
    public init(_ inputSize: Int, _ hiddenSize: Int, activation: RecurrentActivation = .tanh, bias: Bool = true) {
        self.activation = activation
        super.init(gates: 1, inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
    }

    /// The state after an input; zeros before it when nil.
    public func callAsFunction(_ input: Tensor, state: Tensor?) -> Tensor {
        step(input) {
            [$0.recurrent(weights, initial: state, activation: activation, batchFirst: true).state]
        }[0]
    }
}
