// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension CPUBackend {
    func matmul(
        _ request: Matmul, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        throw .unsupported("matmul", by: name)
    }
}
