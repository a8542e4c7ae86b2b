// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct ScalarProgramTests {
    @Test func registersCountInputsThenConstantsThenSteps() {
        var program = ScalarProgram(inputs: 2, constants: [0.5, 3])
        #expect([program.constant(0), program.constant(1)] == [2, 3])
        #expect(program.append(.multiply, 0, 1) == 4)
        #expect(program.append(.add, 4, 2) == 5)
        #expect(program.outputs == [0])
        #expect(program.instructions.map(\.function) == [.multiply, .add])
        #expect(program.instructions.map { [$0.a, $0.b, $0.c] } == [[0, 1, 0], [4, 2, 0]])
    }

    @Test(arguments: ScalarFunction.allCases)
    func singleFunctionsTakeTheirInputsInOrder(function: ScalarFunction) {
        let program = ScalarProgram(function)
        #expect(program.inputCount == function.arity)
        #expect(program.outputs == [UInt8(function.arity)])
        let step = program.instructions[0]
        #expect([step.a, step.b, step.c].prefix(function.arity) == [0, 1, 2].prefix(function.arity))
    }

    @Test func constantsNeedNoStep() {
        let program = ScalarProgram(constant: 7)
        #expect(program.inputCount == 0)
        #expect(program.constants == [7])
        #expect(program.instructions.isEmpty)
        #expect(program.outputs == [0])
    }

    @Test func instructionsAreFourBytes() {
        #expect(MemoryLayout<ScalarProgram.Instruction>.size == 4)
    }

    @Test func opcodesCountUpFromZero() {
        #expect(ScalarFunction.allCases.map(\.rawValue) == Array(0..<UInt8(ScalarFunction.allCases.count)))
    }

    @Test func equalProgramsAreOneKey() {
        #expect(ScalarProgram(.add) == ScalarProgram(.add))
        #expect(Set([ScalarProgram(.add), ScalarProgram(.add), ScalarProgram(.subtract)]).count == 2)
        #expect(ScalarProgram(constant: 1) != ScalarProgram(constant: 2))
    }
}
