// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

@Suite struct IntegerArithmeticTests {
    private func evaluate(_ function: ScalarFunction, _ a: [Int64], _ b: [Int64]) throws -> [Int64] {
        let x = try TestTensor(.int64, [a.count], a), y = try TestTensor(.int64, [b.count], b)
        let output = try TestTensor<Int64>(.int64, [a.count])
        try execute(.elementwise(ScalarProgram(function), .int64), [x.operand, y.operand], [output.operand])
        return output.elements
    }

    @Test func divisionByZeroGivesZero() throws {
        #expect(try evaluate(.divide, [7, -7, .min], [0, 0, 0]) == [0, 0, 0])
        #expect(try evaluate(.remainder, [7, -7, .min], [0, 0, 0]) == [0, 0, 0])
    }

    @Test func smallestByMinusOneWraps() throws {
        #expect(try evaluate(.divide, [.min], [-1]) == [.min])
        #expect(try evaluate(.remainder, [.min], [-1]) == [0])
    }

    @Test func remainderHasTheDivisorsSign() throws {
        #expect(try evaluate(.remainder, [7, -7, 7, -7], [3, 3, -3, -3]) == [1, 2, -2, -1])
    }
}
