// SPDX-License-Identifier: Apache-2.0

/// A straight-line calculation done for each element by itself: the one form in which elementwise work reaches a
/// backend, be it a single `sin`, a fused chain, or an optimizer's update.
///
/// It works on numbered registers: first one for each input, then one for each constant, then one for each
/// instruction's result. Registers hold `arithmetic` numbers; inputs are widened when loaded, results are rounded to
/// their tensor's type when stored.
///
///     var program = ScalarProgram(inputs: 2)                     // x, y
///     let product = program.append(.multiply, 0, 1)
///     program.outputs = [program.append(.tanh, product)]         // tanh(x · y)
public struct ScalarProgram: Sendable, Hashable {
    /// One step.
    ///
    /// Unused arguments are 0. Four bytes, laid out as the C kernels read them.
    public struct Instruction: Sendable, Hashable {
        /// What it computes.
        public let function: ScalarFunction
        /// The first argument's register.
        public let a: UInt8
        /// The second argument's register.
        public let b: UInt8
        /// The third argument's register.
        public let c: UInt8
    }

    /// The most inputs a program can have.
    public static let maximumInputs = 24
    /// The most outputs a program can have.
    public static let maximumOutputs = 6
    /// The most registers, inputs, constants and results together.
    public static let maximumRegisters = 96

    /// How many tensors go in.
    public var inputCount: Int { content.inputCount }
    /// Numbers known beforehand.
    public var constants: [Double] { content.constants }
    /// The steps, in order.
    public var instructions: [Instruction] { content.instructions }
    /// The registers that are stored, one for each output tensor.
    public var outputs: [UInt8] {
        get { content.outputs }
        set { content = Content(inputCount, constants, instructions, newValue) }
    }
    /// The only step, where that is all the program does: one function whose result is the only output.
    public var onlyStep: Instruction? { content.onlyStep }
    /// One reference, so that handing a program on costs one count rather than one for each array.
    private var content: Content

    /// A program over so many inputs and constants, without steps yet.
    ///
    /// Its output is the first register.
    public init(inputs: Int, constants: [Double] = []) {
        content = Content(inputs, constants, [], [0])
    }

    /// A single function of its inputs.
    public init(_ function: ScalarFunction) {
        self.init(inputs: function.arity)
        outputs = [append(function, 0, function.arity > 1 ? 1 : 0, function.arity > 2 ? 2 : 0)]
    }

    /// The same number everywhere.
    public init(constant: Double) { self.init(inputs: 0, constants: [constant]) }

    /// The register that holds the constant of an index.
    public func constant(_ index: Int) -> UInt8 { UInt8(inputCount + index) }

    /// Adds a step and returns the register of its result.
    @discardableResult
    public mutating func append(_ function: ScalarFunction, _ a: UInt8, _ b: UInt8 = 0, _ c: UInt8 = 0) -> UInt8 {
        content = Content(
            inputCount, constants, instructions + [Instruction(function: function, a: a, b: b, c: c)], outputs)
        return UInt8(inputCount + constants.count + instructions.count - 1)
    }

    /// The same program with other numbers for its first constants.
    public func replacingConstants(with numbers: [Double]) -> ScalarProgram {
        var program = self
        let replaced = numbers.prefix(constants.count)
        program.content = Content(
            inputCount, Array(replaced + constants[replaced.count...]), instructions, outputs)
        return program
    }

    /// Never changes: a program that changes gets another.
    private final class Content: Sendable {
        let inputCount: Int
        let constants: [Double]
        let instructions: [Instruction]
        let outputs: [UInt8]
        /// Found beforehand, because every small operation asks for it.
        let onlyStep: Instruction?

        init(_ inputCount: Int, _ constants: [Double], _ instructions: [Instruction], _ outputs: [UInt8]) {
            self.inputCount = inputCount
            self.constants = constants
            self.instructions = instructions
            self.outputs = outputs
            let isSingle =
                instructions.count == 1 && constants.isEmpty && outputs.count == 1 && Int(outputs[0]) == inputCount
            onlyStep = isSingle ? instructions[0] : nil
        }
    }

    /// Equal when they compute the same by the same steps.
    public static func == (left: ScalarProgram, right: ScalarProgram) -> Bool {
        left.content === right.content
            || left.inputCount == right.inputCount && left.constants == right.constants
                && left.instructions == right.instructions && left.outputs == right.outputs
    }

    /// Feeds everything that counts for equality.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(inputCount)
        hasher.combine(constants)
        hasher.combine(instructions)
        hasher.combine(outputs)
    }
}
