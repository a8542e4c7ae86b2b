// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The slices along the first axis, without it.
    ///
    /// Halves of halves: each slice's gradient is then embedded in twice its size at most, log n times, where slices of
    /// the whole would each be embedded in the whole.
    func steps() -> [Tensor] {
        let count = shape[0]
        if count == 0 { return [] }
        if count == 1 { return [reshaped(to: shape.removing(axis: 0))] }
        return sliced(0..<count / 2).steps() + sliced(count / 2..<count).steps()
    }
}

/// Refuses more steps than can be done one after the other: their descriptions alone would fill the memory.
func requireSteps(_ count: Int, _ operation: String, _ role: String) throws(TensorError) {
    guard count > mostSteps else { return }
    throw TensorError(
        .invalidValue, operation: operation, "\(count) \(role) are more than the \(mostSteps) that are gone through",
        remedy: "cut the sequences into pieces")
}

private let mostSteps = 1 << 20
