// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct CopyTests {
    @Test func everyTypeBecomesEveryOther() throws {
        let numbers = [0, 1, -1, 0.4, -0.6, 2.75, 255, 256, -3.5, 65504, 100_000]
        for from in DType.allCases {
            for to in DType.allCases {
                let isSmall = from == .uint8 || from == .bool
                let given = numbers.map { from.isFloatingPoint ? $0 : isSmall ? abs($0).rounded() : $0.rounded() }
                try Comparison.expect(
                    .copy, [Sample(given, from, [given.count])], gives: [.output(to, [given.count])], within: 0)
            }
        }
    }

    @Test func numbersBeyondIntegersBecomeTheNearest() throws {
        let sample = Sample([.nan, .infinity, -.infinity, 1e30, -1e30], .float32, [5])
        try Comparison.expect(.copy, [sample], gives: [.output(.int64, [5])], within: 0)
    }

    @Test(arguments: [DType.float32, .float16, .int64, .bool])
    func orderChangesAndBitsDoNot(dtype: DType) throws {
        let shape: Shape = [4, 3, 7]
        let sample = Sample(dtype, shape, seed: 9)
        try Comparison.expect(.copy, [sample.lying([1, 4, 12])], gives: [.output(dtype, shape)], within: 0)
        try Comparison.expect(
            .copy, [sample], gives: [Sample.output(dtype, shape).lying([3, 1, 12], offset: 5)], within: 0)
        try Comparison.expect(.copy, [sample], gives: [.output(dtype, shape)], within: 0)
    }
}
