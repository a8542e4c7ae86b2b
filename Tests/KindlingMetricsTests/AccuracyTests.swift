// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingMetrics
import Testing

@Suite struct AccuracyTests {
    @Test func isTheShareOfRowsWithTheLargestAtTheTarget() throws {
        let outputs = Tensor([[0.1, 0.9, 0], [2, 1, 0], [0, 0, 1], [5, 4, 3]])
        let targets = Tensor([1, 1, 2, 0])
        #expect(try accuracy(outputs, targets).item() == 0.75)
        #expect(try Accuracy()(outputs, targets).item() == 0.75)
    }

    @Test func ofOtherShapesIsAnError() {
        let error = #expect(throws: TensorError.self) {
            try withTensorErrors { accuracy(Tensor.zeros([4, 3]), Tensor([1, 2])) }
        }
        #expect(error?.code == .shapeMismatch)
    }
}
