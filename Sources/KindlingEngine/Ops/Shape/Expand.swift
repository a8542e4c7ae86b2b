// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// The tensor repeated along axes of size 1 and new leading axes to fill a shape, without copying.
    ///
    ///     Tensor([1.0, 2.0]).expanded(to: [2, 2])      // [[1, 2], [1, 2]]
    public func expanded(to shape: Shape) -> Tensor {
        if shape == self.shape { return self }
        guard shape.isValid, self.shape.broadcast(with: shape) == shape else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "expand", "shape \(self.shape) cannot be repeated to fill \(shape)",
                    remedy: "axes that grow must have size 1"), spec)
        }
        return dispatch(Expand(target: shape), self)
    }
}

private struct Expand: ViewOp {
    let target: Shape
    var name: String { "expand" }

    func view(_ value: TensorValue) -> TensorValue? { value.expanded(to: target) }
    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor { upstream.reduced(to: inputShape) }
}
