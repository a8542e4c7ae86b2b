// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct IndexTests {
    @Test(arguments: [DType.float32, .int64, .bfloat16, .bool])
    func slicesArePicked(dtype: DType) throws {
        try Comparison.expect(
            .gather, [Sample(dtype, [5, 2, 3], seed: 1), Sample([4, 0, -1, 2, -5, 2], .int64, [6])],
            gives: [.output(dtype, [6, 2, 3])], within: 0)
    }

    @Test(arguments: [DType.float32, .float64, .float16])
    func slicesAreAdded(dtype: DType) throws {
        try Comparison.expect(
            .scatterAdd, [Sample([4, 0, -1, 2, -5, 2, 4], .int64, [7]), Sample(dtype, [7, 3], seed: 1)],
            gives: [.output(dtype, [5, 3])], within: dtype == .float16 ? 1e-3 : 1e-6)
    }

    @Test func noUpdatesLeaveZeros() throws {
        try Comparison.expect(
            .scatterAdd, [Sample([], .int64, [0]), Sample([], [0, 3])], gives: [.output([2, 3])], within: 0)
    }

    @Test func theFirstIndexOutOfRangeIsNamed() throws {
        let device = try TestDevice.required()
        let indices = Sample([4, -6, 9], .int64, [3])
        let gathered = #expect(throws: TensorError.self) {
            try Comparison.run(.gather, [Sample(.float32, [5, 2], seed: 1), indices], [.output([3, 2])], on: device)
        }
        let scattered = #expect(throws: TensorError.self) {
            try Comparison.run(
                .scatterAdd, [indices, Sample(.float32, [3, 2], seed: 1)], [.output([5, 2])], on: device)
        }
        for error in [gathered, scattered] {
            #expect(error?.code == .indexOutOfRange)
            #expect(error?.what == "index -6 at place 1 is not in -5 ..< 5")
        }
    }
}
