// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct MatmulTests {
    @Test(arguments: [DType.float32, .float64, .bfloat16, .float16, .int64])
    func productsOfAnyType(dtype: DType) throws {
        let tolerance = dtype == .bfloat16 ? 8e-3 : dtype == .float16 ? 1e-3 : 1e-5
        try Comparison.expect(
            .matmul(Matmul()), [Sample(dtype, [3, 5], seed: 1), Sample(dtype, [5, 4], seed: 2)],
            gives: [.output(dtype, [3, 4])], within: tolerance)
    }

    @Test func tilesMeetAtTheirEdges() throws {
        for (m, k, n) in [(1, 1, 1), (65, 17, 63), (128, 32, 64), (1, 200, 70), (5, 0, 3)] {
            try Comparison.expect(
                .matmul(Matmul()), [Sample(.float32, [m, k], seed: 1), Sample(.float32, [k, n], seed: 2)],
                gives: [.output([m, n])], within: 1e-5)
        }
    }

    @Test func transposedMatricesAndBatches() throws {
        let (left, right) = (Sample(.float32, [2, 3, 4, 6], seed: 1), Sample(.float32, [2, 3, 6, 5], seed: 2))
        let turned = [left.lying([72, 24, 1, 4]), right.lying([90, 30, 1, 6])]
        try Comparison.expect(.matmul(Matmul()), turned, gives: [.output([2, 3, 4, 5])], within: 1e-5)
        try Comparison.expect(
            .matmul(Matmul()), [left, Sample(.float32, [3, 6, 5], seed: 2)], gives: [.output([2, 3, 4, 5])],
            within: 1e-5)
        try Comparison.expect(
            .matmul(Matmul()), [left, Sample(.float32, [2, 1, 6, 5], seed: 2)], gives: [.output([2, 3, 4, 5])],
            within: 1e-5)
    }

    @Test func biasAndActivationFollow() throws {
        let inputs = [
            Sample(.float32, [7, 5], seed: 1), Sample(.float32, [5, 9], seed: 2), Sample(.float32, [9], seed: 3),
        ]
        for activation in [Matmul.Activation.none, .relu] {
            try Comparison.expect(
                .matmul(Matmul(bias: true, activation: activation)), inputs, gives: [.output([7, 9])], within: 1e-5)
        }
    }
}
