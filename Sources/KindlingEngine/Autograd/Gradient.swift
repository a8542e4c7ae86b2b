// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The value of a function and its gradient at some tensors.
///
///     let (loss, gradients) = try valueAndGradient(at: [w]) { ws in (ws[0] * x).sum() }
/// - Parameters:
///   - points: The tensors to differentiate by, floating-point.
///   - differentiable: Whether the gradients shall themselves have gradients.
///   - function: Gives one number from tensors that stand for the points.
/// - Returns: The value and, for each point, the gradient in its shape; zeros where the value does not depend on it.
/// - Throws: `TensorError` when an operation fails or the value is not a single number.
public func valueAndGradient(
    at points: [Tensor], differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, gradients: [Tensor]) {
    try withTensorErrors {
        let leaves = points.map { _ in LeafNode() }
        let variables = try zip(points, leaves).map { point, leaf in
            guard point.dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "gradient", "a tensor of \(point.dtype.name) has no gradient",
                    remedy: "convert it to float32 first")
            }
            return Tensor(point.value, node: differentiable ? LinkedLeaf.node(leaf, point) : leaf)
        }
        let result = try function(variables)
        if result.requiresGradient { try result.backward(differentiable: differentiable) }
        return (result, zip(points, leaves).map { $1.gradient ?? $0.zerosLike() })
    }
}

/// The gradient of a function at some tensors; see ``valueAndGradient(at:differentiable:_:)``.
public func gradient(
    at points: [Tensor], differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> [Tensor] {
    try valueAndGradient(at: points, differentiable: differentiable, function).gradients
}

/// A leaf of an inner gradient whose point has a gradient of its own: what arrives is kept, and for an outer
/// derivative the variable still leads back to the point.
private final class LinkedLeaf: Node, @unchecked Sendable {
    private let leaf: LeafNode
    private let source: Node

    private init(_ leaf: LeafNode, _ source: Node) {
        self.leaf = leaf
        self.source = source
    }

    static func node(_ leaf: LeafNode, _ point: Tensor) -> Node {
        point.node.map { LinkedLeaf(leaf, $0) } ?? leaf
    }

    override func backward(_ upstream: Tensor, keeping: Bool, _ flow: (Node, Tensor) -> Void) {
        if leaf.gradient == nil { leaf.gradient = upstream } else { flow(source, upstream) }
    }
}
