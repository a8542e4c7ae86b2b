// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// One step over all tensors: fused loops for SGD and Adam, the program for every other rule.
    func optimizerStep(_ step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>) {
        var rule = kd_rule()
        rule.scale = step.gradientScale
        switch step.rule {
        case .sgd(let learningRate, let momentum, let dampening, let nesterov, let weightDecay, let firstStep):
            rule.rate = learningRate
            rule.momentum = momentum
            rule.dampening = dampening
            rule.nesterov = nesterov
            rule.decay = weightDecay
            rule.first = firstStep
            withOptimizedTensors(step, inputs, outputs) { kd_sgd(&rule, $0, Int32(step.count)) }
        case .adam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2):
            rule.rate = learningRate
            rule.beta1 = beta1
            rule.beta2 = beta2
            rule.epsilon = epsilon
            rule.decay = weightDecay
            rule.decoupled = decoupled
            rule.correction1 = correction1
            rule.correction2 = correction2
            withOptimizedTensors(step, inputs, outputs) { kd_adam(&rule, $0, Int32(step.count)) }
        case .program(let program):
            runProgram(program, of: step, inputs, outputs)
        }
    }

    private func runProgram(
        _ program: ScalarProgram, of step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) {
        let inputsEach = 2 + step.slots, outputsEach = 1 + step.slots
        for tensor in 0..<step.count {
            let firstInput = tensor * inputsEach, firstOutput = tensor * outputsEach
            runProgram(
                program, outputs[firstOutput].dtype.arithmetic,
                inputs.extracting(firstInput..<firstInput + inputsEach),
                outputs.extracting(firstOutput..<firstOutput + outputsEach),
                scalingGradientBy: step.gradientScale)
        }
    }

    private func withOptimizedTensors(
        _ step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>,
        _ body: (UnsafePointer<kd_optimized>) -> Void
    ) {
        let inputsEach = 2 + step.slots, outputsEach = 1 + step.slots
        withUnsafeTemporaryAllocation(of: kd_optimized.self, capacity: step.count) { tensors in
            for tensor in 0..<step.count {
                let input = tensor * inputsEach, output = tensor * outputsEach
                var described = kd_optimized()
                described.parameter = UnsafeRawPointer(inputs[input].address)
                described.gradient = UnsafeRawPointer(inputs[input + 1].address)
                described.parameter_out = outputs[output].address
                if step.slots > 0 {
                    described.slot0 = UnsafeRawPointer(inputs[input + 2].address)
                    described.slot0_out = outputs[output + 1].address
                }
                if step.slots > 1 {
                    described.slot1 = UnsafeRawPointer(inputs[input + 3].address)
                    described.slot1_out = outputs[output + 2].address
                }
                described.count = Int64(inputs[input].shape.elementCount)
                described.dtype = inputs[input].dtype.kernelType
                described.gradient_dtype = inputs[input + 1].dtype.kernelType
                tensors.initializeElement(at: tensor, to: described)
            }
            guard let first = tensors.baseAddress else { return }  // No tensors: nothing to do.
            body(first)
        }
    }
}
