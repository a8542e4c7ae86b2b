// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct RandomTests {
    @Test(arguments: [
        RandomFill.Distribution.uniform(low: -1, high: 3), .normal(mean: 1, standardDeviation: 2),
        .bernoulli(probability: 0.3),
    ])
    func numbersAreThoseOfTheReference(distribution: RandomFill.Distribution) throws {
        let fill = RandomFill(distribution, key: 0x1234_5678_9ABC_DEF0, stream: 0xFEDC_BA98_7654_3210)
        for dtype in [DType.float32, .float64, .bfloat16, .bool] {
            try Comparison.expect(
                .random(fill), [], gives: [.output(dtype, [1003])],
                within: dtype == .float32 ? 2e-6 : dtype == .bfloat16 ? 8e-3 : 1e-12)
        }
    }

    @Test func integersAreRoundedDown() throws {
        let fill = RandomFill(.uniform(low: -8, high: 8), key: 5, stream: 1)
        try Comparison.expect(.random(fill), [], gives: [.output(.int64, [515])], within: 0)
    }
}
