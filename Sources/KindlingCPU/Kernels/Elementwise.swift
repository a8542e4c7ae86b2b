// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    func elementwise(_ program: ScalarProgram, _ arithmetic: Arithmetic, _ inputs: Span<Operand>, _ outputs: Span<Operand>)  {}
}
