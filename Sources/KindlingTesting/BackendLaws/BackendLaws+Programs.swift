// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Programs of several steps, inputs, outputs and types, and outputs that overwrite inputs.
    static let programCases: [BackendCase] =
        [DType.float32, .float64, .float16, .bfloat16].map { dtype in
            BackendCase("program of several steps \(dtype.name)") { chainCalls(dtype) }
        } + [
            BackendCase("program over inputs of many types") { [mixedCall(.float32), mixedCall(.float64)] },
            BackendCase("program of the largest size") { [widestCall(), deepestCall()] },
            BackendCase("program without steps", calls: stepless),
            BackendCase("program over more elements than a block") { [longCall()] },
        ]

    /// tanh(x · y + 0.25) and x · y.
    private static var chain: ScalarProgram {
        var program = ScalarProgram(inputs: 2, constants: [0.25])
        let product = program.append(.multiply, 0, 1)
        let sum = program.append(.add, product, program.constant(0))
        program.outputs = [program.append(.tanh, sum), product]
        return program
    }

    /// x + y and x − y.
    private static var butterfly: ScalarProgram {
        var program = ScalarProgram(inputs: 2)
        program.outputs = [program.append(.add, 0, 1), program.append(.subtract, 0, 1)]
        return program
    }

    private static func chainCalls(_ dtype: DType) -> [BackendCall] {
        ElementwiseLayouts.all.flatMap { layouts in
            let inputs = (0..<2).map { number in
                TensorSample.input(
                    dtype, layouts.shape, layouts.inputs[number], .uniform(0.1, 2, seed: UInt64(number)))
            }
            let output = TensorSample.output(dtype, layouts.shape, layouts.output)
            let own = (0..<2).map { number in
                TensorSample.input(
                    dtype, layouts.shape, layouts.output, .uniform(-2, 2, seed: 5 + UInt64(number)))
            }
            return [
                BackendCall(.elementwise(chain, dtype.arithmetic), inputs, to: [output, output], within: .ulps(8)),
                BackendCall(
                    .elementwise(butterfly, dtype.arithmetic), own,
                    to: [output.overwritten(input: 1), output.overwritten(input: 0)], within: .exact),
            ]
        }
    }

    /// select(mask, x, n) · 2 to real numbers, and its comparison with u to truth values.
    private static func mixedCall(_ arithmetic: Arithmetic) -> BackendCall {
        var program = ScalarProgram(inputs: 4, constants: [2])
        let chosen = program.append(.select, 0, 1, 2)
        let doubled = program.append(.multiply, chosen, program.constant(0))
        program.outputs = [doubled, program.append(.less, doubled, 3), doubled]
        let shape: Shape = [9, 11]
        return BackendCall(
            .elementwise(program, arithmetic),
            [
                .input(.bool, shape, .transposed, .whole(0, 1, seed: 1)),
                .input(.bfloat16, shape, .rowMajor, .uniform(-30, 30, seed: 2)),
                .input(.int64, shape, .broadcast([1]), .whole(-30, 30, seed: 3)),
                .input(.uint8, shape, .gapped, .whole(0, 30, seed: 4)),
            ],
            to: [.output(.float32, shape), .output(.bool, shape), .output(.int32, shape)], within: .exact)
    }

    /// The sum of as many inputs as there can be, and sums on the way.
    private static func widestCall() -> BackendCall {
        var program = ScalarProgram(inputs: ScalarProgram.maximumInputs)
        var sums: [UInt8] = [0]
        for input in 1..<UInt8(ScalarProgram.maximumInputs) {
            sums.append(program.append(.add, sums[sums.count - 1], input))
        }
        program.outputs = Array(sums.suffix(ScalarProgram.maximumOutputs))
        let inputs = (0..<ScalarProgram.maximumInputs).map { number in
            TensorSample.input(.float32, [50], .rowMajor, .whole(-9, 9, seed: UInt64(number)))
        }
        let outputs = [TensorSample](repeating: .output(.float32, [50]), count: ScalarProgram.maximumOutputs)
        return BackendCall(.elementwise(program, .float32), inputs, to: outputs, within: .exact)
    }

    /// As many registers as there can be.
    private static func deepestCall() -> BackendCall {
        var program = ScalarProgram(inputs: 1, constants: [1, 0.5])
        var last: UInt8 = 0
        while program.instructions.count + 3 < ScalarProgram.maximumRegisters {
            let isOdd = program.instructions.count % 2 == 1
            last = program.append(isOdd ? .multiply : .add, last, program.constant(isOdd ? 1 : 0))
        }
        program.outputs = [last]
        return BackendCall(
            .elementwise(program, .float32), [.input(.float32, [50], .rowMajor, .whole(0, 64, seed: 1))],
            to: [.output(.float32, [50])], within: .exact)
    }

    /// A constant into every type, and an input that is an output as well.
    private static func stepless() -> [BackendCall] {
        var fills = DType.allCases.flatMap { dtype in
            [Shape([]), [0], [5, 3]].map { shape in
                BackendCall(
                    .elementwise(ScalarProgram(constant: 1), dtype.arithmetic), [], to: [.output(dtype, shape)],
                    within: .exact)
            }
        }
        var program = ScalarProgram(inputs: 1, constants: [7])
        program.outputs = [0, program.constant(0), 0]
        let outputs = [TensorSample.output(.float64, [4, 3]), .output(.float32, [4, 3]), .output(.int64, [4, 3])]
        fills.append(
            BackendCall(
                .elementwise(program, .float32), [.input(.int32, [4, 3], .transposed, .whole(-99, 99, seed: 1))],
                to: outputs, within: .exact))
        return fills
    }

    private static func longCall() -> BackendCall {
        let inputs = [
            TensorSample.input(.float32, [70_001], .rowMajor, .whole(-9, 9, seed: 1)),
            .input(.float32, [70_001], .shifted, .whole(-9, 9, seed: 2)),
        ]
        let outputs = [TensorSample.output(.float32, [70_001]), .output(.float32, [70_001])]
        return BackendCall(.elementwise(butterfly, .float32), inputs, to: outputs, within: .exact)
    }
}
