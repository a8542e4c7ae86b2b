// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension CPUBackend {
    func pooling(
        _ request: Pooling, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        throw .unsupported("pooling", by: name)
    }
}
