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
        switch step.rule {
        case .lamb, .adafactor: return try wholeTensorStep(step, inputs, outputs)
        case .sgd, .adam, .adamax, .nadam, .radam, .rmsProp, .adagrad, .adadelta, .lion, .program: break
        }
        let program = OptimizerProgram.of(step)
        for tensor in 0..<step.count {
            var operands: [Operand] = []
            for slot in 0...step.slots { operands.append(outputs[tensor * (1 + step.slots) + slot]) }
            for slot in 0..<(2 + step.slots) { operands.append(inputs[tensor * (2 + step.slots) + slot]) }
            try elementwise(program, operands[0].dtype.arithmetic, operands, "optimizerStep")
        }
    }
}
