// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite(.onDevice) struct RowTests {
    @Test(arguments: [true, false], [DType.float32, .float64, .bfloat16])
    func softmaxAndItsGradient(logarithm: Bool, dtype: DType) throws {
        let tolerance = dtype == .bfloat16 ? 8e-3 : 1e-5
        for shape in [[3, 10], [2, 2, 700], [130, 3]] as [Shape] {
            try Comparison.expect(
                .softmax(SoftmaxRequest(logarithm: logarithm, backward: false)), [Sample(dtype, shape, seed: 1)],
                gives: [.output(dtype, shape)], within: tolerance)
            try Comparison.expect(
                .softmax(SoftmaxRequest(logarithm: logarithm, backward: true)),
                [Sample(dtype, shape, seed: 2), Sample(dtype, shape, seed: 3)], gives: [.output(dtype, shape)],
                within: tolerance * 40)
        }
    }

    @Test func softmaxOfLargeAndInfiniteNumbers() throws {
        let numbers = [1e30, 1e30, -1e30, 0, 5, -.infinity, .infinity, 1, 2, -.infinity, -.infinity, -.infinity]
        for logarithm in [true, false] {
            try Comparison.expect(
                .softmax(SoftmaxRequest(logarithm: logarithm, backward: false)), [Sample(numbers, [4, 3])],
                gives: [.output([4, 3])], within: 1e-6)
        }
    }

    struct Loss: Sendable, CustomTestStringConvertible {
        let smoothing: Double
        let weighted: Bool
        let dtype: DType
        var testDescription: String { "smoothing \(smoothing), weighted \(weighted), \(dtype.name)" }
    }

    @Test(arguments: [
        Loss(smoothing: 0, weighted: false, dtype: .float32), Loss(smoothing: 0.1, weighted: true, dtype: .float32),
        Loss(smoothing: 0, weighted: true, dtype: .float64), Loss(smoothing: 0.2, weighted: false, dtype: .float16),
    ])
    func crossEntropyAndItsGradient(loss: Loss) throws {
        let (rows, columns) = (9, 50)
        let logits = Sample(loss.dtype, [rows, columns], seed: 7)
        let classes = Sample([0, 49, 3, -100, 7, 7, 20, -100, 1], .int64, [rows])
        let weights = loss.weighted ? [Sample((0..<columns).map { 0.5 + Double($0) / 50 }, loss.dtype, [columns])] : []
        let tolerance = loss.dtype == .float16 ? 2e-3 : 1e-5
        try Comparison.expect(
            .crossEntropy(CrossEntropyRequest(smoothing: loss.smoothing, weighted: loss.weighted)),
            [logits, classes] + weights, gives: [.output(loss.dtype, [rows]), .output(loss.dtype, [rows])],
            within: tolerance)
        let sums = Sample((0..<rows).map { 4.5 + Double($0) / 10 }, loss.dtype, [rows])
        try Comparison.expect(
            .crossEntropy(CrossEntropyRequest(smoothing: loss.smoothing, weighted: loss.weighted, backward: true)),
            [logits, classes, sums, Sample(loss.dtype, [rows], seed: 8)] + weights,
            gives: [.output(loss.dtype, [rows, columns])], within: tolerance)
    }

    @Test func aClassOutOfRangeIsNamed() throws {
        let inputs = [Sample(.float32, [3, 4], seed: 1), Sample([1, 4, -1], .int64, [3])]
        let error = #expect(throws: TensorError.self) {
            try Comparison.run(
                .crossEntropy(CrossEntropyRequest()), inputs, [.output([3]), .output([3])], on: TestDevice.required())
        }
        #expect(error?.code == .indexOutOfRange)
        #expect(error?.what == "index 4 at place 1 is not in 0 ..< 4")
    }
}
