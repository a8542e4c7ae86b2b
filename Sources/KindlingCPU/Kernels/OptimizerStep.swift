// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// One step over all tensors: a fused loop for each rule that has a name, the program for every other.
    func optimizerStep(
        _ step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        if case .program(let program) = step.rule {
            runProgram(program, of: step, inputs, outputs)
        } else {
            var rule = step.rule.kernelRule
            rule.scale = step.gradientScale
            rule.factored = step.isFactored
            let done = withOptimizedTensors(step, inputs, outputs) { kd_optimize(&rule, $0, Int32(step.count)) }
            if !done { throw .noWorkspace("optimizerStep") }
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
        _ body: (UnsafePointer<kd_optimized>) -> Bool
    ) -> Bool {
        let inputsEach = 2 + step.slots, outputsEach = 1 + step.slots
        return withUnsafeTemporaryAllocation(of: kd_optimized.self, capacity: step.count) { tensors in
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
                if step.slots > 2 {
                    described.slot2 = UnsafeRawPointer(inputs[input + 4].address)
                    described.slot2_out = outputs[output + 3].address
                }
                if step.isFactored { described.setMatrices(inputs[input].shape) }
                described.count = Int64(inputs[input].shape.elementCount)
                described.dtype = inputs[input].dtype.kernelType
                described.gradient_dtype = inputs[input + 1].dtype.kernelType
                tensors.initializeElement(at: tensor, to: described)
            }
            guard let first = tensors.baseAddress else { return true }  // No tensors: nothing to do.
            return body(first)
        }
    }
}

extension OptimizerStep {
    /// Whether slots are the means of rows and of columns.
    fileprivate var isFactored: Bool {
        if case .adafactor = rule { return slots == 2 }
        return false
    }
}

extension kd_optimized {
    /// Tells of the matrices in the last two axes.
    fileprivate mutating func setMatrices(_ shape: Shape) {
        rows = Int64(shape[shape.rank - 2])
        columns = Int64(shape[shape.rank - 1])
        matrices = Int64(shape.dimensions.dropLast(2).reduce(1, *))
    }
}
