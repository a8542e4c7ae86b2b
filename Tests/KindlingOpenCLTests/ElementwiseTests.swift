// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct ElementwiseTests {
    /// Every function that gives numbers of one kind, in as few kernels as outputs allow.
    private static func programs(of functions: [ScalarFunction]) -> [ScalarProgram] {
        stride(from: 0, to: functions.count, by: 6).map { start in
            var program = ScalarProgram(inputs: 3)
            program.outputs = functions[start..<min(start + 6, functions.count)].map { function in
                program.append(function, 0, function.arity > 1 ? 1 : 0, function.arity > 2 ? 2 : 0)
            }
            return program
        }
    }

    private static let specials = [0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.25, -7, 20, -20, .infinity, -.infinity, .nan]

    @Test(arguments: [DType.float32, .float64])
    func everyFunctionOfRealNumbers(dtype: DType) throws {
        let values = Self.specials
        let pairs = values.flatMap { a in values.map { b in (a, b) } }
        let shape: Shape = [pairs.count]
        let inputs = [
            Sample(pairs.map(\.0), dtype, shape), Sample(pairs.map(\.1), dtype, shape), Sample(dtype, shape, seed: 3),
        ]
        for program in Self.programs(of: ScalarFunction.allCases) {
            try Comparison.expect(
                .elementwise(program, dtype.arithmetic), inputs,
                gives: program.outputs.map { _ in .output(dtype, shape) }, within: dtype == .float32 ? 4e-6 : 1e-13)
        }
    }

    @Test func everyFunctionOfIntegers() throws {
        let values: [Double] = [0, 1, -1, 2, -2, 7, -7, 100, 3, -0x1p63]
        let pairs = values.flatMap { a in values.map { b in (a, b) } }
        let shape: Shape = [pairs.count]
        let inputs = [
            Sample(pairs.map(\.0), .int64, shape), Sample(pairs.map(\.1), .int64, shape),
            Sample(.int64, shape, seed: 3),
        ]
        for program in Self.programs(of: ScalarFunction.allCases) {
            try Comparison.expect(
                .elementwise(program, .int64), inputs, gives: program.outputs.map { _ in .output(.int64, shape) },
                within: 0)
        }
    }

    @Test func everyTypeIsLoadedAndStored() throws {
        let shape: Shape = [37]
        for arithmetic in [Arithmetic.float32, .float64, .int64] {
            var program = ScalarProgram(inputs: 2)
            let sum = program.append(.add, 0, 1)
            program.outputs = [sum]
            for dtype in DType.allCases {
                try Comparison.expect(
                    .elementwise(program, arithmetic), [Sample(dtype, shape, seed: 1), Sample(.uint8, shape, seed: 2)],
                    gives: [.output(dtype, shape)], within: dtype == .float64 && arithmetic == .float64 ? 1e-15 : 1e-7)
            }
        }
    }

    @Test func stepsOfAnyKindAreFollowed() throws {
        let shape: Shape = [3, 4, 5]
        var program = ScalarProgram(inputs: 4)
        program.outputs = [program.append(.multiplyAdd, 0, 1, program.append(.subtract, 2, 3))]
        let row = Sample(.float32, [5], seed: 2).numbers
        let inputs = [
            Sample(.float32, shape, seed: 1).lying([1, 3, 12], offset: 2),
            Sample((0..<60).map { row[$0 % 5] }, shape).lying([0, 0, 1]),
            Sample([Double](repeating: 2.5, count: 60), shape).lying([0, 0, 0], offset: 1),
            Sample(.float32, shape, seed: 4),
        ]
        try Comparison.expect(.elementwise(program, .float32), inputs, gives: [.output(shape)], within: 1e-6)
        let turned = Sample.output(shape).lying([1, 15, 3])
        try Comparison.expect(.elementwise(program, .float32), inputs, gives: [turned], within: 1e-6)
    }

    @Test func moreStepsThanArgumentsHoldAreCopiedFirst() throws {
        let shape: Shape = [2, 2, 2, 2, 2, 2, 2, 2]
        var program = ScalarProgram(inputs: 24)
        program.outputs = [(1..<24).reduce(0) { program.append(.add, $0, UInt8($1)) }]
        // No two neighbouring axes can be merged: their steps rise.
        let inputs = (0..<24).map { Sample(.float32, shape, seed: UInt64($0)).lying([1, 2, 4, 8, 16, 32, 64, 128]) }
        try Comparison.expect(.elementwise(program, .float32), inputs, gives: [.output(shape)], within: 1e-5)
    }

    @Test func noElementsAndOneElement() throws {
        let square = KernelRequest.elementwise(ScalarProgram(.square), .float32)
        try Comparison.expect(square, [Sample([], [0, 3])], gives: [.output([0, 3])], within: 0)
        try Comparison.expect(square, [Sample([-3], [])], gives: [.output([])], within: 0)
        try Comparison.expect(
            .elementwise(ScalarProgram(constant: 1.25), .float32), [], gives: [.output([300])], within: 0)
    }
}

@Suite struct IterationPlanTests {
    @Test func axesThatAllTensorsStepThroughAlikeAreMerged() {
        let shape: Shape = [2, 1, 3, 4]
        let plan = IterationPlan(shape, [Strides(rowMajor: shape), Strides()])
        #expect(plan.sizes == [24])
        #expect(plan.access == [.linear, .single])
    }

    @Test func theFirstTensorDecidesTheOrder() {
        let shape: Shape = [2, 3, 5]
        let plan = IterationPlan(shape, [Strides(channelsLast: shape), Strides(rowMajor: shape)])
        #expect(plan.sizes == [2, 5, 3])
        #expect(plan.strides == [[15, 3, 1], [15, 1, 5]])
        #expect(plan.access == [.linear, .strided])
    }
}
