// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A function evaluated at points, and the way back from its value to them.
struct TracedFunction {
    let value: Tensor
    private let points: [Tensor]
    private let leaves: [LeafNode]
    /// Nothing that was computed before is visited.
    private let floor: UInt64

    /// Evaluates `function` at variables that stand for the points.
    init(at points: [Tensor], differentiable: Bool, _ function: ([Tensor]) throws -> Tensor) throws {
        floor = Node.latest
        let leaves = points.map { _ in LeafNode() }
        let variables = try zip(points, leaves).map { point, leaf in
            guard point.dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "gradient", "a tensor of \(point.dtype.name) has no gradient",
                    remedy: "convert it to float32 first")
            }
            return Tensor(point.value, node: differentiable ? LinkedLeaf.node(leaf, point) : leaf)
        }
        value = try PrecisionScope.renewed {
            try GradientMode.$isRecording.withValue(true) { try function(variables) }
        }
        self.points = points
        self.leaves = leaves
    }

    /// seedᵀ · J, for each point in its shape; zeros where the value does not depend on it.
    /// - Parameter seed: Of the value's shape; one when nil.
    func gradients(seed: Tensor?, keepingGraph: Bool, differentiable: Bool) throws -> [Tensor] {
        for leaf in leaves { leaf.gradient = nil }
        if value.requiresGradient {
            try value.backward(seed: seed, keepingGraph: keepingGraph, differentiable: differentiable, floor: floor)
        }
        let found = zip(points, leaves).map { $1.gradient ?? $0.zerosLike() }
        for leaf in leaves { leaf.gradient = nil }
        return found
    }
}

/// A leaf of an inner gradient whose point has a gradient of its own: what arrives is kept, and for an outer
/// derivative the variable still leads back to the point.
final class LinkedLeaf: OneSourceNode, @unchecked Sendable {
    private let leaf: LeafNode

    private init(_ leaf: LeafNode, _ source: Node) {
        self.leaf = leaf
        super.init(source)
    }

    static func node(_ leaf: LeafNode, _ point: Tensor) -> Node {
        point.node.map { LinkedLeaf(leaf, $0) } ?? leaf
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void) {
        // The pass of the inner gradient ends here; a later one goes on to the point.
        if let source = keptSource, source.order > pass.floor {
            flow(source, upstream)
        } else {
            leaf.gradient = upstream
        }
    }
}
