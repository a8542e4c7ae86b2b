// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct CopyTests {
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
