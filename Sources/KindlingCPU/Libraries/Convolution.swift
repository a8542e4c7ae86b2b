// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension CPUBackend {
    func convolution(
        _ request: Convolution, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        throw .unsupported("convolution", by: name)
    }
}
