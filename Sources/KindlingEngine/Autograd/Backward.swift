// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Computes the gradient of this number with respect to every parameter it depends on, adding to
    /// ``Parameter/gradient``.
    ///
    /// What was kept for it is freed on the way.
    /// - Parameters:
    ///   - seed: The gradient of the result by this tensor; ones for a tensor of one element.
    ///   - keepingGraph: Whether another backward pass through the same computation will follow.
    ///   - differentiable: Whether the gradients shall themselves have gradients. Keeps the graph.
    /// - Throws: `TensorError` when the tensor is not a single number and no seed is given, when it does not depend on
    ///   a parameter, or when its graph was freed.
    public func backward(seed: Tensor? = nil, keepingGraph: Bool = false, differentiable: Bool = false) throws {
        try backward(seed: seed, keepingGraph: keepingGraph, differentiable: differentiable, floor: 0)
    }

    /// - Parameter floor: Nodes up to this number are neither visited nor freed.
    func backward(seed: Tensor?, keepingGraph: Bool, differentiable: Bool, floor: UInt64) throws {
        guard let node else {
            if value.isPlaceholder { return }
            throw TensorError(
                .noGradient, operation: "backward", "this tensor does not depend on anything that has a gradient",
                remedy: "compute it from parameters that are not frozen, outside noGrad { … }")
        }
        guard seed != nil || elementCount == 1 else {
            throw TensorError(
                .noGradient, operation: "backward", "a tensor of shape \(shape) is not a single number",
                remedy: "reduce it to a loss with mean() or sum(), or give a seed of its shape")
        }
        if let seed, seed.shape != shape {
            throw TensorError(
                .shapeMismatch, operation: "backward", "a seed of shape \(seed.shape) for a tensor of shape \(shape)")
        }
        let profile = OperationProfile.active
        profile?.begin(.part, "backward", pass: .backward, module: "")
        defer { profile?.end() }
        try withTensorErrors {
            try PrecisionScope.backward {
                try GradientMode.$isRecording.withValue(differentiable) {
                    let pass = BackwardPass(keeping: keepingGraph || differentiable, floor: floor)
                    try propagate(from: node, seed: seed?.converted(to: dtype) ?? onesLike(), pass)
                }
            }
        }
    }
}

private struct Arrival {
    let node: Node
    let gradient: Tensor
}

/// Visits nodes from the latest to the earliest, so that a node's gradient is complete when it is visited: every node
/// that uses it came later.
/// - Parameters:
///   - boundary: Nodes up to this number are not visited; the pass' floor when nil.
///   - outside: Gets what arrives at nodes beyond the boundary.
func propagate(
    from root: Node, seed: Tensor, _ pass: BackwardPass, boundary: UInt64? = nil,
    outside: (Node, Tensor) -> Void = { _, _ in }
) throws(TensorError) {
    let boundary = boundary ?? pass.floor
    var heap: [Arrival] = []
    heap.reserveCapacity(32)
    push(Arrival(node: root, gradient: seed), onto: &heap)
    while let first = pop(&heap) {
        var total = first.gradient
        while let next = heap.first, next.node === first.node {
            total = total + next.gradient
            _ = pop(&heap)
        }
        try first.node.backward(total, pass) { node, gradient in
            if node.order > boundary {
                push(Arrival(node: node, gradient: gradient), onto: &heap)
            } else {
                outside(node, gradient)
            }
        }
    }
}

private func push(_ arrival: Arrival, onto heap: inout [Arrival]) {
    heap.append(arrival)
    var child = heap.count - 1
    while child > 0 {
        let parent = (child - 1) / 2
        guard heap[parent].node.order < heap[child].node.order else { break }
        heap.swapAt(parent, child)
        child = parent
    }
}

private func pop(_ heap: inout [Arrival]) -> Arrival? {
    guard let last = heap.popLast() else { return nil }
    guard let top = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
        let left = 2 * parent + 1
        guard left < heap.count else { break }
        let right = left + 1
        let child = right < heap.count && heap[right].node.order > heap[left].node.order ? right : left
        guard heap[child].node.order > heap[parent].node.order else { break }
        heap.swapAt(parent, child)
        parent = child
    }
    return top
}
