// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Combines along axes, in blocks whose borders depend on the shape alone.
    func reduce(_ reduction: Reduction, _ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {
        var shape = inputs[0].shape.kernelShape
        let done = kd_reduce(
            Int32(reduction.function.rawValue), reduction.axes, reduction.scale, &shape, inputs[0].address,
            inputs[0].dtype.kernelType, outputs[0].address, outputs[0].dtype.kernelType)
        if !done { throw .noWorkspace("reduce(\(reduction.function))") }
    }
}
