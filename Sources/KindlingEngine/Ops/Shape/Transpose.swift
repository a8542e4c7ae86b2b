// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The axes in another order, without moving elements: axis `i` of the result is axis `order[i]` of this tensor.
    ///
    ///     x.permuted(0, 2, 3, 1)      // channels last
    public func permuted(_ order: Int...) -> Tensor { permuted(order: order) }

    /// Two axes exchanged, the last two unless others are named: a matrix transposed.
    ///
    ///     Tensor([[1.0, 2.0], [3.0, 4.0]]).transposed()      // [[1, 3], [2, 4]]
    public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
        guard let a = shape.axis(first), let b = shape.axis(second) else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "transpose", "axes \(first) and \(second) do not both exist in \(shape)"),
                spec)
        }
        var order = Array(0..<rank)
        order.swapAt(a, b)
        return permuted(order: order)
    }

    /// The axes in another order, given as an array.
    ///
    ///     images.permuted(order: [0, 2, 3, 1])      // [64, 3, 32, 32] → [64, 32, 32, 3]
    public func permuted(order: [Int]) -> Tensor {
        let axes = order.compactMap { shape.axis($0) }
        guard order.count == rank, axes.count == rank, Set(axes).count == rank else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "permute", "\(order) is not an order of the axes of shape \(shape)",
                    remedy: "name every axis 0 ..< \(rank) once"), spec)
        }
        return dispatch(Permute(axes: axes), self)
    }
}

private struct Permute: ViewOp {
    let axes: [Int]
    var name: String { "permute" }

    func view(_ value: TensorValue) -> TensorValue? {
        var shape = value.shape
        var strides = value.strides
        for (new, old) in axes.enumerated() {
            shape[new] = value.shape[old]
            strides[new] = value.strides[old]
        }
        return value.view(shape: shape, strides: strides)
    }

    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor {
        upstream.permuted(order: inverseOrder(axes))
    }
}

/// The order of axes that undoes another.
func inverseOrder(_ order: [Int]) -> [Int] {
    var inverse = order
    for (new, old) in order.enumerated() { inverse[old] = new }
    return inverse
}
