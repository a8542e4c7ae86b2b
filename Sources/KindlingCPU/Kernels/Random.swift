// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    func random(_ fill: RandomFill, _ outputs: Span<Operand>)  {}
}
