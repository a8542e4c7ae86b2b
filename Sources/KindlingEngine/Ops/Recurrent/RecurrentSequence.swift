// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What recurrent networks of one layer and direction share: checked arguments, the order of steps, and the sequences
/// that have ended.
struct RecurrentSequence {
    let name: String
    let input: Tensor
    let weights: RecurrentWeights
    let lengths: [Int]?
    let reversed: Bool
    let batchFirst: Bool

    /// The number of features of the state.
    var features: Int { weights.hidden.shape[1] }
    var batch: Int { input.shape[1] }

    /// - Parameter gates: How many times the state's features each weight has as rows.
    init(
        _ name: String, _ given: Tensor, _ weights: RecurrentWeights, gates: Int, states: [Tensor?], lengths: [Int]?,
        reversed: Bool, batchFirst: Bool
    ) throws(TensorError) {
        try given.requireReal(name, "inputs")
        guard given.rank == 3 else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(given.shape) is no batch of sequences",
                remedy: "give [T, N, I], or [N, T, I] with batchFirst: true")
        }
        let input = batchFirst ? given.transposed(0, 1) : given
        try requireSteps(input.shape[0], name, "steps")
        try weights.check(name, input, gates)
        for case let state? in states {
            try input.requireShape([input.shape[1], weights.hidden.shape[1]], of: state, name, "initial states")
            try requireType(input.dtype, state, name)
        }
        if let lengths {
            guard lengths.count == input.shape[1], lengths.allSatisfy({ (0...input.shape[0]).contains($0) }) else {
                throw TensorError(
                    .invalidValue, operation: name,
                    "lengths \(lengths) do not fit \(input.shape[1]) sequences of \(input.shape[0]) steps",
                    remedy: "give one length for each sequence, 0 ... \(input.shape[0])")
            }
        }
        self.name = name
        self.input = input
        self.weights = weights
        self.lengths = lengths
        self.reversed = reversed
        self.batchFirst = batchFirst
    }

    /// The state given, or zeros.
    func initial(_ state: Tensor?) -> Tensor {
        state ?? .zeros([batch, features], dtype: input.dtype, on: input.device)
    }

    /// Runs the steps in their order and gathers the first state of each as the output.
    ///
    /// Where a sequence has ended its states stay, and its output is zero.
    func run(
        bias: Tensor?, _ initial: [Tensor], _ step: (_ projected: Tensor, _ states: [Tensor]) -> [Tensor]
    ) -> (output: Tensor, states: [Tensor]) {
        // One product for the inputs of all steps.
        let projected = input.linear(weight: weights.input, bias: bias)
        if projected.value.isPlaceholder || initial.contains(where: \.value.isPlaceholder) {
            return (projected, initial)
        }
        guard input.shape[0] > 0 else {
            return (ordered(projected.sliced(0..<features, along: 2)), initial)
        }
        let steps = projected.steps()
        var outputs = [Tensor](repeating: initial[0], count: steps.count)
        var states = initial
        let zeros = Tensor.zeros([batch, features], dtype: input.dtype, on: input.device)
        for index in steps.indices {
            let time = reversed ? steps.count - 1 - index : index
            switch alive(time) {
            case .all:
                states = step(steps[time], states)
                outputs[time] = states[0]
            case .none: outputs[time] = zeros
            case .some(let mask):
                let moved = step(steps[time], states)
                outputs[time] = moved[0].selected(where: mask, else: zeros)
                states = zip(moved, states).map { $0.selected(where: mask, else: $1) }
            }
        }
        return (ordered(.stacked(outputs)), states)
    }

    private func ordered(_ output: Tensor) -> Tensor { batchFirst ? output.transposed(0, 1) : output }

    private enum Alive {
        case all, none
        /// `[N, 1]`.
        case some(Tensor)
    }

    /// Which sequences have such a step.
    private func alive(_ time: Int) -> Alive {
        guard let lengths else { return .all }
        let mask = lengths.map { time < $0 }
        if mask.allSatisfy(\.self) { return .all }
        if !mask.contains(true) { return .none }
        return .some(Tensor(mask, shape: [batch, 1], on: input.device))
    }
}

/// The weights of a recurrent layer of one direction, in PyTorch's layout.
public struct RecurrentWeights: Sendable {
    /// `[G · H, I]`, the gates one below the other.
    public var input: Tensor
    /// `[G · H, H]`.
    public var hidden: Tensor
    /// `[G · H]`, or nil.
    public var inputBias: Tensor?
    /// `[G · H]`, or nil.
    public var hiddenBias: Tensor?

    /// Names the weights; shapes are checked where they are used.
    public init(input: Tensor, hidden: Tensor, inputBias: Tensor? = nil, hiddenBias: Tensor? = nil) {
        self.input = input
        self.hidden = hidden
        self.inputBias = inputBias
        self.hiddenBias = hiddenBias
    }

    /// The weights as an operation takes them under the precision policy in force.
    func prepared(for operation: String) -> RecurrentWeights {
        RecurrentWeights(
            input: input.prepared(for: operation), hidden: hidden.prepared(for: operation),
            inputBias: inputBias?.prepared(for: operation), hiddenBias: hiddenBias?.prepared(for: operation))
    }

    var all: [Tensor?] { [input, hidden, inputBias, hiddenBias] }

    /// The sum of both biases, where they are added in one place.
    var commonBias: Tensor? {
        guard let inputBias, let hiddenBias else { return inputBias ?? hiddenBias }
        return inputBias + hiddenBias
    }

    func check(_ name: String, _ sequence: Tensor, _ gates: Int) throws(TensorError) {
        guard hidden.rank == 2, hidden.shape[0] == hidden.shape[1] &* gates else {
            throw TensorError(
                .shapeMismatch, operation: name,
                "a hidden weight of shape \(hidden.shape) is not [\(gates == 1 ? "" : "\(gates) · ")H, H]")
        }
        let rows = hidden.shape[0]
        try sequence.requireShape([rows, sequence.shape[2]], of: input, name, "input weights")
        for case let bias? in [inputBias, hiddenBias] {
            try sequence.requireShape([rows], of: bias, name, "biases")
        }
        for case let weight? in all { try requireType(sequence.dtype, weight, name) }
    }
}

private func requireType(_ dtype: DType, _ other: Tensor, _ name: String) throws(TensorError) {
    guard other.dtype != dtype else { return }
    throw TensorError(
        .dtypeMismatch, operation: name,
        "an input of \(dtype.name) and a weight or state of \(other.dtype.name) differ",
        remedy: "convert one: converted(to: .\(dtype.name))")
}
