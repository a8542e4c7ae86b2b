// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Copies between any strides and types.
    func copy(_ inputs: Span<Operand>, _ outputs: Span<Operand>) {
        var shape = outputs[0].shape.kernelShape
        var input = kd_operand(), output = kd_operand()
        inputs[0].describe(to: &input)
        outputs[0].describe(to: &output)
        kd_copy(&shape, &input, &output)
    }
}
