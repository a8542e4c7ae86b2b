// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

extension Tensor {
    /// The parts along axis 1, of which there must be so many.
    func members(_ count: Int, rank wanted: Int, _ loss: String, _ expected: String) throws(TensorError) -> [Tensor] {
        guard rank == wanted, shape[1] == count else {
            throw TensorError(
                .shapeMismatch, operation: loss, "outputs of shape \(shape) are no \(expected)",
                remedy: "give \(expected)")
        }
        return (0..<count).map { sliced($0..<$0 + 1, along: 1).reshaped(to: shape.removing(axis: 1)) }
    }
}
