// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// An optimizer's program while it is written: constants are named where they are needed.
///
/// A finished program counts its constants before its results, so registers are known only at the end.
struct OptimizerDraft {
    /// What a step computes with.
    enum Value {
        case input(Int), constant(Int), result(Int)
    }

    private(set) var gradient = Value.input(1)
    private var parameter = Value.input(0)
    private var slots: [Value]
    private var constants: [Double] = []
    private var steps: [(function: ScalarFunction, a: Value, b: Value, c: Value)] = []

    /// A draft that has multiplied the gradient with its scale.
    init(_ step: OptimizerStep) {
        slots = (0..<step.slots).map { .input(2 + $0) }
        gradient = self(.multiply, .input(1), constant(step.gradientScale))
    }

    mutating func constant(_ number: Double) -> Value {
        constants.append(number)
        return .constant(constants.count - 1)
    }

    @discardableResult
    mutating func callAsFunction(_ function: ScalarFunction, _ a: Value, _ b: Value? = nil, _ c: Value? = nil) -> Value
    {
        // Arguments that a function does not have are register 0.
        steps.append((function, a, b ?? .input(0), c ?? .input(0)))
        return .result(steps.count - 1)
    }

    func slot(_ index: Int) -> Value { .input(2 + index) }

    mutating func store(_ value: Value, in slot: Int) { slots[slot] = value }

    /// Weight decay: on the parameter where it is decoupled, else on the gradient.
    mutating func decay(_ weightDecay: Double, _ learningRate: Double, decoupled: Bool = false) {
        if decoupled {
            parameter = self(.multiply, parameter, constant(1 - learningRate * weightDecay))
        } else {
            gradient = self(.multiplyAdd, constant(weightDecay), parameter, gradient)
        }
    }

    /// share · old + (1 − share) · new.
    mutating func mixed(_ old: Value, _ share: Double, _ new: Value) -> Value {
        let kept = self(.multiply, old, constant(share))
        return self(.multiplyAdd, constant(1 - share), new, kept)
    }

    /// A slot that follows a value, the gradient unless another is given.
    @discardableResult
    mutating func follow(_ slot: Int, _ share: Double, _ value: Value? = nil) -> Value {
        let result = mixed(self.slot(slot), share, value ?? gradient)
        store(result, in: slot)
        return result
    }

    /// A slot that follows the gradient's square.
    mutating func followSquare(_ slot: Int, _ share: Double) -> Value {
        let square = self(.square, gradient)
        return follow(slot, share, square)
    }

    /// √(value · factor) + ε; nil is a factor of 1.
    mutating func divisor(_ value: Value, _ factor: Double?, _ epsilon: Double) -> Value {
        var scaled = value
        if let factor { scaled = self(.multiply, value, constant(factor)) }
        let root = self(.squareRoot, scaled)
        return self(.add, root, constant(epsilon))
    }

    /// Takes `rate · direction` from the parameter.
    mutating func move(_ rate: Double, _ direction: Value) {
        parameter = self(.subtract, parameter, self(.multiply, direction, constant(rate)))
    }

    /// The program: its outputs are the parameter and the slots.
    var finished: ScalarProgram {
        var program = ScalarProgram(inputs: 2 + slots.count, constants: constants)
        func register(_ value: Value) -> UInt8 {
            switch value {
            case .input(let index): UInt8(index)
            case .constant(let index): program.constant(index)
            case .result(let index): UInt8(program.inputCount + constants.count + index)
            }
        }
        for step in steps { program.append(step.function, register(step.a), register(step.b), register(step.c)) }
        program.outputs = ([parameter] + slots).map(register)
        return program
    }
}
