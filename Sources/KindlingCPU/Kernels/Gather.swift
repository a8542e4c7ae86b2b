// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    func gather(_ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {}
}
