// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Tensors repeated along axes of size 1 and new leading axes to one common shape, without copying.
    ///
    ///     let both = Tensor.broadcast([column, row])      // [3, 1], [4] → [3, 4], [3, 4]
    ///
    /// Types stay as they are. Shapes that do not fit each other, as NumPy's rules have it, are refused.
    public static func broadcast(_ tensors: [Tensor]) -> [Tensor] {
        var common: Shape? = []
        for tensor in tensors { common = common.flatMap { $0.broadcast(with: tensor.shape) } }
        if tensors.contains(where: { $0.value.isPlaceholder }) { return tensors }
        guard let common else {
            let shapes = tensors.map { "\($0.shape)" }.joined(separator: " and ")
            let failed = Tensor.failed(
                TensorError(
                    .shapeMismatch, operation: "broadcast", "shapes \(shapes) do not fit: sizes must be equal, or 1",
                    remedy: "reshape one of them"), TensorSpec(shape: [], dtype: tensors[0].dtype))
            return tensors.map { _ in failed }
        }
        return tensors.map { $0.expanded(to: common) }
    }
}
