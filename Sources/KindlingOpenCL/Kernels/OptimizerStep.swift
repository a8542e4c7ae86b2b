// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues one kernel a tensor.
    ///
    /// Every rule is a program over parameter, gradient and slots; its numbers, the learning rate among them, are
    /// arguments, so that each rule is compiled once.
    func optimizerStep(
        _ step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let program = Self.program(of: step)
        for tensor in 0..<step.count {
            var operands: [Operand] = []
            for slot in 0...step.slots { operands.append(outputs[tensor * (1 + step.slots) + slot]) }
            for slot in 0..<(2 + step.slots) { operands.append(inputs[tensor * (2 + step.slots) + slot]) }
            try elementwise(program, operands[0].dtype.arithmetic, operands, "optimizerStep")
        }
    }

    /// The rule as a program whose second input is the gradient before scaling.
    private static func program(of step: OptimizerStep) -> ScalarProgram {
        switch step.rule {
        case .sgd(let learningRate, let momentum, let dampening, let nesterov, let weightDecay, let firstStep):
            OptimizerProgram.sgd(
                [step.gradientScale, learningRate, momentum, 1 - dampening, weightDecay], nesterov: nesterov,
                firstStep: firstStep, slots: step.slots)
        case .adam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2):
            OptimizerProgram.adam(
                [
                    step.gradientScale, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, learningRate / correction1,
                    (1 / correction2), decoupled ? 1 - learningRate * weightDecay : weightDecay,
                ], decoupled: decoupled)
        case .program(let rule): OptimizerProgram.scalingGradient(of: rule, by: step.gradientScale)
        }
    }
}

/// The rules that ``OptimizerStep`` names, written as programs.
enum OptimizerProgram {
    /// Constants: gradient scale, learning rate, momentum, 1 − dampening, weight decay.
    static func sgd(_ constants: [Double], nesterov: Bool, firstStep: Bool, slots: Int) -> ScalarProgram {
        var program = ScalarProgram(inputs: 2 + slots, constants: constants)
        let (rate, momentum, share) = (program.constant(1), program.constant(2), program.constant(3))
        var gradient = program.append(.multiply, 1, program.constant(0))
        gradient = program.append(.multiplyAdd, program.constant(4), 0, gradient)
        var direction = gradient
        var buffer = gradient
        if slots > 0 {
            if !firstStep {
                buffer = program.append(.multiplyAdd, share, gradient, program.append(.multiply, momentum, 2))
            }
            direction = nesterov ? program.append(.multiplyAdd, momentum, buffer, gradient) : buffer
        }
        let change = program.append(.multiply, rate, direction)
        let parameter = program.append(.subtract, 0, change)
        program.outputs = slots > 0 ? [parameter, buffer] : [parameter]
        return program
    }

    /// Constants: gradient scale, β₁, 1 − β₁, β₂, 1 − β₂, ε, learning rate / correction₁, 1 / correction₂, and what
    /// weight decay multiplies: the parameter when decoupled, else what of it joins the gradient.
    static func adam(_ constants: [Double], decoupled: Bool) -> ScalarProgram {
        var program = ScalarProgram(inputs: 4, constants: constants)
        func constant(_ index: Int) -> UInt8 { program.constant(index) }
        var gradient = program.append(.multiply, 1, constant(0))
        var parameter: UInt8 = 0
        if decoupled {
            parameter = program.append(.multiply, 0, constant(8))
        } else {
            gradient = program.append(.multiplyAdd, constant(8), 0, gradient)
        }
        let first = program.append(.multiplyAdd, constant(2), gradient, program.append(.multiply, constant(1), 2))
        let square = program.append(.square, gradient)
        let second = program.append(.multiplyAdd, constant(4), square, program.append(.multiply, constant(3), 3))
        let root = program.append(.squareRoot, program.append(.multiply, second, constant(7)))
        let divisor = program.append(.add, root, constant(5))
        let change = program.append(.divide, program.append(.multiply, first, constant(6)), divisor)
        program.outputs = [program.append(.subtract, parameter, change), first, second]
        return program
    }

    /// The same program, with its second input multiplied first.
    static func scalingGradient(of rule: ScalarProgram, by scale: Double) -> ScalarProgram {
        guard scale != 1 else { return rule }
        var program = ScalarProgram(inputs: rule.inputCount, constants: rule.constants + [scale])
        let firstResult = rule.inputCount + rule.constants.count
        let gradient = program.append(.multiply, 1, program.constant(rule.constants.count))
        /// Where a register of the rule is now: one constant and one result come before the rule's own results.
        func moved(_ register: UInt8) -> UInt8 {
            register == 1 ? gradient : Int(register) < firstResult ? register : register + 2
        }
        for step in rule.instructions {
            program.append(step.function, moved(step.a), moved(step.b), moved(step.c))
        }
        program.outputs = rule.outputs.map(moved)
        return program
    }
}
