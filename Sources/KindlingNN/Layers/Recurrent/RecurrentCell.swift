// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// The weights of one layer and direction of a recurrent network, in PyTorch's layout.
///
/// Rows of the weights are those of the gates, one below the other; all begin evenly in ±1/√H. ``RNNCell``, ``LSTMCell``
/// and ``GRUCell`` take single steps with them.
public class RecurrentCell: Module {
    /// `[G · H, I]`, for G gates.
    public let inputWeight = Parameter()
    /// `[G · H, H]`.
    public let hiddenWeight = Parameter()
    /// `[G · H]`, or nil.
    public let inputBias: Parameter?
    /// `[G · H]`, or nil.
    public let hiddenBias: Parameter?
    private let gates: Int
    private let hiddenSize: Int
    private let mistake: LayerError?

    init(gates: Int, inputSize: Int? = nil, hiddenSize: Int, bias: Bool) {
        mistake = .found(file: nil) { () throws(LayerError) in
            if let inputSize { try checkSize("inputSize", inputSize) }
            try checkSize("hiddenSize", hiddenSize)
        }
        self.gates = gates
        self.hiddenSize = hiddenSize
        inputBias = bias ? Parameter() : nil
        hiddenBias = bias ? Parameter() : nil
        if mistake == nil, let inputSize { build(inputSize: inputSize) }
        note(mistake)
    }

    var isBuilt: Bool { inputWeight.isBuilt }

    func build(inputSize: Int) {
        let initializer = Initializer.fanInUniform(fanIn: hiddenSize)
        inputWeight.build([gates * hiddenSize, inputSize], initializer)
        hiddenWeight.build([gates * hiddenSize, hiddenSize], initializer)
        inputBias?.build([gates * hiddenSize], initializer)
        hiddenBias?.build([gates * hiddenSize], initializer)
    }

    /// The values of the weights, as the engine takes them.
    var weights: RecurrentWeights {
        RecurrentWeights(
            input: inputWeight.value, hidden: hiddenWeight.value, inputBias: inputBias?.value,
            hiddenBias: hiddenBias?.value)
    }

    /// One step: the states after an input `[N, I]`, `[N, H]` each.
    func step(_ input: Tensor, _ run: (_ sequence: Tensor) -> [Tensor]) -> [Tensor] {
        ForwardContext.inside(self) {
            let name = String(describing: type(of: self))
            if let mistake {
                let failed = input.refused(mistake, by: name)
                return [failed, failed]
            }
            guard input.rank == 2 else {
                let error = TensorError(
                    .shapeMismatch, operation: name, "an input of shape \(input.shape) is no single step",
                    remedy: "give [N, I]")
                let failed = Tensor.failed(error, input.spec)
                return [failed, failed]
            }
            return run(input.insertingAxis(at: 1))
        }
    }
}
