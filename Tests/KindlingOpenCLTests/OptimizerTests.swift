// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct OptimizerTests {
    /// Runs a rule over two tensors of different shapes.
    private func expect(_ rule: OptimizerStep.Rule, slots: Int, dtype: DType = .float32, gradients: DType = .float32)
        throws
    {
        let shapes: [Shape] = [[5, 7], [300]]
        let inputs = shapes.enumerated().flatMap { number, shape in
            [Sample(dtype, shape, seed: UInt64(number)), Sample(gradients, shape, seed: 10 + UInt64(number))]
                + (0..<slots).map { slot in
                    var state = Sample(dtype, shape, seed: UInt64(20 + slot))
                    state.numbers = state.numbers.map(abs)
                    return state
                }
        }
        let outputs = shapes.flatMap { shape in (0...slots).map { _ in Sample.output(dtype, shape) } }
        try Comparison.expect(
            .optimizerStep(OptimizerStep(rule, count: 2, slots: slots, gradientScale: 0.5)), inputs, gives: outputs,
            within: dtype == .float64 ? 1e-12 : 2e-6)
    }

    @Test func gradientDescent() throws {
        try expect(
            .sgd(learningRate: 0.1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0.01, firstStep: true),
            slots: 0)
        for (nesterov, first) in [(false, true), (false, false), (true, false)] {
            try expect(
                .sgd(
                    learningRate: 0.1, momentum: 0.9, dampening: nesterov ? 0 : 0.2, nesterov: nesterov,
                    weightDecay: 0.01, firstStep: first), slots: 1, gradients: nesterov ? .bfloat16 : .float32)
        }
    }

    @Test(arguments: [true, false], [DType.float32, .float64])
    func adam(decoupled: Bool, dtype: DType) throws {
        try expect(
            .adam(
                learningRate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, decoupled: decoupled,
                correction1: 0.19, correction2: 0.0199), slots: 2, dtype: dtype)
    }

    @Test func anyProgram() throws {
        var program = ScalarProgram(inputs: 3, constants: [0.3, 2])
        let moved = program.append(.multiplyAdd, program.constant(0), 1, 2)
        program.outputs = [program.append(.subtract, 0, program.append(.multiply, moved, program.constant(1))), moved]
        try expect(.program(program), slots: 1)
    }

    @Test func memoryIsUpdatedInPlace() throws {
        let device = try TestDevice.required()
        let storage = try device.allocate(byteCount: 12)
        try device.upload([Float(1), 2, 3], to: storage)
        let gradient = try device.allocate(byteCount: 12)
        try device.upload([Float(1), 1, 2], to: gradient)
        let operands = [Operand(storage, .float32, [3]), Operand(gradient, .float32, [3])]
        let step = OptimizerStep(
            .sgd(learningRate: 0.5, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, firstStep: true),
            count: 1, slots: 0)
        try device.execute(.optimizerStep(step), inputs: operands.span, outputs: operands.span.extracting(first: 1))
        let bits: [UInt32] = try device.download(storage, count: 3)
        #expect(bits.map(Float.init(bitPattern:)) == [0.5, 1.5, 2])
    }
}

@Suite(.onDevice) struct RefusalTests {
    @Test func whatIsMissingIsRefusedByName() throws {
        let device = try TestDevice.required()
        let one = WindowGeometry.Sizes(repeating: 1)
        let window = WindowGeometry(
            rank: 2, size: one, stride: one, dilation: one, paddingBefore: .zero, paddingAfter: .zero)
        for request in [
            KernelRequest.convolution(ConvolutionRequest(.forward, window: window, groups: 1, bias: false)),
            .pooling(Pooling(.maximum, window: window, backward: false)),
        ] {
            let error = #expect(throws: TensorError.self) { try Comparison.run(request, [], [], on: device) }
            #expect(error?.code == .unsupported)
            #expect(error?.operation == request.name)
        }
    }
}
