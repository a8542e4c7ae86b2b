// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Softmax, its logarithm, and the gradients of both, over the last axis.
    func softmax(_ softmax: SoftmaxRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {
        let output = outputs[0]
        let count = Int64(output.shape.last)
        let rows = count == 0 ? 0 : Int64(output.shape.elementCount) / count
        let type = output.dtype.kernelType
        let done =
            softmax.backward
            ? kd_softmax_gradient(
                softmax.logarithm, type, rows, count, inputs[0].address, inputs[1].address, output.address)
            : kd_softmax(softmax.logarithm, type, rows, count, inputs[0].address, output.address)
        if !done { throw .noWorkspace("softmax") }
    }
}
