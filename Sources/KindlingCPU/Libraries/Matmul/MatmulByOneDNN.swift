// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import KindlingBackend

extension CPUBackend {
    /// Runs a product of bfloat16 by oneDNN; false when it has no kernel for it and nothing was done.
    func matmulByOneDNN(
        _ request: Matmul, _ inputs: Span<Operand>, _ output: Operand
    ) throws(TensorError) -> Bool {
        false
    }
}
