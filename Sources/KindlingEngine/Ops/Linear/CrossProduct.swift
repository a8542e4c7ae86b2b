// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The vector product along an axis of size 3: (a₂b₃ − a₃b₂, a₃b₁ − a₁b₃, a₁b₂ − a₂b₁).
    ///
    ///     Tensor([1, 0, 0]).cross(Tensor([0, 1, 0]))      // 0, 0, 1
    ///
    /// Both tensors have size 3 along the axis, by default the last, and broadcast along the others. Types promote.
    public func cross(_ other: Tensor, along axis: Int = -1) -> Tensor {
        if other.value.isPlaceholder { return other }
        return noting { () throws(TensorError) in
            guard let common = shape.broadcast(with: other.shape), let place = common.axis(axis) else {
                throw TensorError(
                    .shapeMismatch, operation: "cross",
                    "shapes \(shape) and \(other.shape) do not fit along axis \(axis)", remedy: "reshape one of them")
            }
            let behind = common.rank - place
            guard behind <= rank, behind <= other.rank, shape[rank - behind] == 3, other.shape[other.rank - behind] == 3
            else {
                throw TensorError(
                    .shapeMismatch, operation: "cross",
                    "shapes \(shape) and \(other.shape) do not have size 3 along axis \(axis)",
                    remedy: "give vectors of three numbers")
            }
            func turned(_ tensor: Tensor, _ shift: Int) -> Tensor { tensor.rolled(by: shift, along: -behind) }
            return turned(self, -1) * turned(other, -2) - turned(self, -2) * turned(other, -1)
        }
    }
}
