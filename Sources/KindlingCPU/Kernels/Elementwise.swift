// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// One function over arrays that need no conversion is a loop by itself; everything else is a program.
    func elementwise(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) {
        if runDirectly(program, arithmetic, inputs, outputs) { return }
        runProgram(program, arithmetic, inputs, outputs)
    }

    private func runDirectly(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) -> Bool {
        guard let step = program.onlyStep else { return false }
        let native = arithmetic.registerType
        guard outputs[0].dtype == native, outputs[0].isRowMajor else { return false }
        for index in 0..<inputs.count {
            guard inputs[index].dtype == native, inputs[index].isRowMajor else { return false }
        }
        let b = step.b < inputs.count ? step.b : step.a, c = step.c < inputs.count ? step.c : step.a
        kd_run_function(
            Int32(step.function.rawValue), Int32(arithmetic.rawValue), inputs[Int(step.a)].address,
            inputs[Int(b)].address, inputs[Int(c)].address, outputs[0].address,
            Int64(outputs[0].shape.elementCount))
        return true
    }

    /// - Parameter scale: what the gradient, the second input, is multiplied with first.
    func runProgram(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ inputs: Span<Operand>, _ outputs: Span<Operand>,
        scalingGradientBy scale: Double = 1
    ) {
        let shape = outputs[0].shape.kernelShape
        withUnsafeTemporaryAllocation(of: kd_operand.self, capacity: inputs.count + outputs.count) { operands in
            guard let first = operands.baseAddress else {
                internalFault("an elementwise request without operands")
            }
            for index in 0..<inputs.count { inputs[index].describe(to: first + index) }
            for index in 0..<outputs.count { outputs[index].describe(to: first + inputs.count + index) }
            program.withKernelProgram(scale: scale) { kernel in
                withUnsafePointer(to: kernel) { kernel in
                    withUnsafePointer(to: shape) { shape in
                        kd_run_program(kernel, Int32(arithmetic.rawValue), shape, first, first + inputs.count)
                    }
                }
            }
        }
    }
}

extension Arithmetic {
    /// The element type that needs no conversion.
    var registerType: DType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .int64: .int64
        }
    }
}

extension ScalarProgram {
    /// As the C kernels take it, for the length of a call.
    func withKernelProgram(scale: Double, _ body: (kd_program) -> Void) {
        constants.withUnsafeBufferPointer { constants in
            outputs.withUnsafeBufferPointer { outputs in
                instructions.withUnsafeBytes { instructions in
                    guard let firstOutput = outputs.baseAddress else {
                        internalFault("a program without outputs")
                    }
                    body(
                        kd_program(
                            input_count: Int32(inputCount), constant_count: Int32(constants.count),
                            instruction_count: Int32(self.instructions.count), output_count: Int32(outputs.count),
                            constants: constants.baseAddress,
                            instructions: instructions.baseAddress?.assumingMemoryBound(to: kd_instruction.self),
                            outputs: firstOutput, scale: scale, scaled_input: scale == 1 ? -1 : 1))
                }
            }
        }
    }
}
