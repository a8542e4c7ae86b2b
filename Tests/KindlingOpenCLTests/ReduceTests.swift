// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct ReduceTests {
    private static let functions: [Reduction.Function] = [
        .sum, .product, .minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum,
    ]

    @Test(arguments: functions, [DType.float32, .int32])
    func everyAxisAndFunction(function: Reduction.Function, dtype: DType) throws {
        let shape: Shape = [5, 3, 7]
        let result: DType = function.givesPlace ? .int64 : dtype == .int32 ? .int64 : dtype
        for axes in [1, 2, 4, 5, 7] as [UInt8] {
            let kept = Shape((0..<3).filter { axes & (1 << UInt8($0)) == 0 }.map { shape[$0] })
            try Comparison.expect(
                .reduce(Reduction(function, axes: axes)), [Sample(dtype, shape, seed: 5)],
                gives: [.output(result, kept)], within: 1e-5)
        }
    }

    @Test(arguments: [DType.float64, .float16, .bfloat16, .bool, .int64])
    func otherTypesAreSummed(dtype: DType) throws {
        try Comparison.expect(
            .reduce(Reduction(.sum, axes: 2, scale: dtype.isFloatingPoint ? 1 / 300.0 : 1)),
            [Sample(dtype, [4, 300], seed: 6)], gives: [.output(dtype == .bool ? .int64 : dtype, [4])],
            within: dtype == .bfloat16 ? 8e-3 : 1e-3)
    }

    @Test func longSumsAreCutIntoPartsAndStayPrecise() throws {
        let numbers = (0..<200_000).map { 1 + Double($0 % 7) / 16 }
        try Comparison.expect(
            .reduce(Reduction(.sum, axes: 1, scale: 1 / 200_000.0)), [Sample(numbers, [200_000])],
            gives: [.output([])], within: 1e-6)
        try Comparison.expect(
            .reduce(Reduction(.sum, axes: 1)), [Sample(numbers, [50_000, 4])], gives: [.output([4])], within: 1e-6)
    }

    @Test func notANumberWins() throws {
        for function in [Reduction.Function.minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum] {
            try Comparison.expect(
                .reduce(Reduction(function, axes: 2)), [Sample([1, .nan, 3, .nan, 5, 2, 2, 5], [2, 4])],
                gives: [.output(function.givesPlace ? .int64 : .float32, [2])], within: 0)
        }
    }

    @Test func nothingReducesToTheNeutralNumber() throws {
        for function in [Reduction.Function.sum, .product, .minimum, .maximum] {
            try Comparison.expect(
                .reduce(Reduction(function, axes: 2)), [Sample([], [3, 0])], gives: [.output([3])], within: 0)
        }
    }
}
