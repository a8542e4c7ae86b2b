// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Refuses a number that a tensor of whole numbers would have to round.
    func requireExact(_ number: Double, _ operation: String, _ role: String) throws(TensorError) {
        guard !dtype.isFloatingPoint, Int(exactly: number) == nil else { return }
        throw TensorError(
            .invalidValue, operation: operation,
            "\(role) of \(number) is no whole number, and the tensor is \(dtype.name)",
            remedy: "give a whole number, or convert the tensor: converted(to: .float32)")
    }
}
