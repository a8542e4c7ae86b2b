// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Adds slices along the first axis of a zeroed tensor.
    func scatterAdd(_ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {
        let output = outputs[0]
        let rows = output.shape[0]
        let indices = try inputs[0].checkedIndices(below: rows, operation: "scatterAdd")
        let width = rows == 0 ? 0 : output.shape.elementCount / rows
        let done = kd_scatter_add(
            indices, inputs[1].address, output.address, output.dtype.kernelType,
            Int64(inputs[0].shape.elementCount), Int64(rows), Int64(width))
        if !done { throw .noWorkspace("scatterAdd") }
    }
}
