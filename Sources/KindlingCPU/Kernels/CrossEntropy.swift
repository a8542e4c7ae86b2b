// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    func crossEntropy(_ entropy: CrossEntropy, _ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {}
}
