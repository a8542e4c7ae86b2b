// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// The value of a function and its gradient at some tensors.
///
///     let (loss, gradients) = try valueAndGradient(at: [w]) { ws in (ws[0] * x).sum() }
/// - Parameters:
///   - points: The tensors to differentiate by, floating-point.
///   - differentiable: Whether the gradients shall themselves have gradients.
///   - function: Gives one number from tensors that stand for the points.
///
/// Nothing else that the function uses is touched: parameters in it collect no gradient, and what was computed before
/// is not freed. Inside `noGrad` it works as outside.
/// - Returns: The value and, for each point, the gradient in its shape; zeros where the value does not depend on it.
///   Unless the gradients are differentiable, the value is detached.
/// - Throws: `TensorError` when an operation fails or the value is not a single number.
public func valueAndGradient(
    at points: [Tensor], differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, gradients: [Tensor]) {
    try withTensorErrors {
        let floor = Node.latest
        let leaves = points.map { _ in LeafNode() }
        let variables = try zip(points, leaves).map { point, leaf in
            guard point.dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "gradient", "a tensor of \(point.dtype.name) has no gradient",
                    remedy: "convert it to float32 first")
            }
            return Tensor(point.value, node: differentiable ? LinkedLeaf.node(leaf, point) : leaf)
        }
        let result = try GradientMode.$isRecording.withValue(true) { try function(variables) }
        guard result.elementCount == 1 || result.value.isPlaceholder else {
            throw TensorError(
                .noGradient, operation: "gradient", "a value of shape \(result.shape) is not a single number",
                remedy: "reduce it to one with mean() or sum()")
        }
        if result.requiresGradient {
            try result.backward(seed: nil, keepingGraph: false, differentiable: differentiable, floor: floor)
        }
        return (differentiable ? result : result.detached(), zip(points, leaves).map { $1.gradient ?? $0.zerosLike() })
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
    private let source: Mutex<Node?>

    private init(_ leaf: LeafNode, _ source: Node) {
        self.leaf = leaf
        self.source = Mutex(source)
    }

    static func node(_ leaf: LeafNode, _ point: Tensor) -> Node {
        point.node.map { LinkedLeaf(leaf, $0) } ?? leaf
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void) {
        let source = source.withLock { $0 }
        // The pass of the inner gradient ends here; a later one goes on to the point.
        if let source, source.order > pass.floor { flow(source, upstream) } else { leaf.gradient = upstream }
    }

    override func releaseSources(into pending: inout [Node]) {
        let taken = source.withLock { source in
            let current = source
            source = nil
            return current
        }
        if let taken { pending.append(taken) }
    }

    deinit { unwind() }
}
