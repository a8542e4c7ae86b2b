// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// How a tensor came about: one entry of the tape. Nodes refer to the nodes of their inputs and to nothing that
/// refers back, so a graph goes away with the last tensor that needs it.
class Node: @unchecked Sendable {
    private static let counter = Atomic<UInt64>(0)

    /// Later nodes have larger numbers, so that going down in order is a valid order of the chain rule.
    let order: UInt64

    init() { order = Node.counter.wrappingAdd(1, ordering: .relaxed).newValue }

    /// The gradients that flow on, and to which nodes. Without `keeping`, what was saved for it is freed.
    func backward(_ upstream: Tensor, keeping: Bool, _ flow: (Node, Tensor) -> Void) throws(TensorError) {}
}

/// A tensor that gradients arrive at: a parameter, or what `gradient(at:)` differentiates by.
final class LeafNode: Node, @unchecked Sendable {
    private let slot = Mutex<Tensor?>(nil)

    var gradient: Tensor? {
        get { slot.withLock { $0 } }
        set { slot.withLock { $0 = newValue } }
    }

    override func backward(_ upstream: Tensor, keeping: Bool, _ flow: (Node, Tensor) -> Void) {
        slot.withLock { gradient in
            if let before = gradient { gradient = before + upstream } else { gradient = upstream }
        }
    }
}

/// The result of an operation.
final class OpNode<O: Op>: Node, @unchecked Sendable {
    private struct Record {
        var inputs: [Tensor]
        let output: TensorValue
        let auxiliaries: [Tensor]
    }

    private let op: O
    private let record: Mutex<Record?>

    init(_ op: O, _ inputs: [Tensor], _ output: TensorValue, _ auxiliaries: [Tensor]) {
        self.op = op
        record = Mutex(Record(inputs: inputs, output: output, auxiliaries: auxiliaries))
    }

    override func backward(_ upstream: Tensor, keeping: Bool, _ flow: (Node, Tensor) -> Void) throws(TensorError) {
        let taken = record.withLock { record in
            let current = record
            if !keeping { record = nil }
            return current
        }
        guard let taken else { throw alreadyFreed(op.name) }
        // The output's own node is this one: a tensor made here keeps no cycle alive.
        let saved = Saved(
            inputs: taken.inputs, output: Tensor(taken.output, node: self), auxiliaries: taken.auxiliaries)
        let gradients = op.gradients(upstream, saved)
        for (input, gradient) in zip(taken.inputs, gradients) {
            if let node = input.node, let gradient { flow(node, gradient) }
        }
    }

    deinit { record.withLock { record in record.map { unwind($0.inputs) } } }
}

/// The result of looking at the same memory otherwise.
final class ViewNode<O: ViewOp>: Node, @unchecked Sendable {
    private let op: O
    private let inputShape: Shape
    private let source: Mutex<Node?>

    init(_ op: O, _ input: Tensor) {
        self.op = op
        inputShape = input.shape
        source = Mutex(input.node)
    }

    override func backward(_ upstream: Tensor, keeping: Bool, _ flow: (Node, Tensor) -> Void) throws(TensorError) {
        let taken = source.withLock { source in
            let current = source
            if !keeping { source = nil }
            return current
        }
        guard let taken else { throw alreadyFreed(op.name) }
        flow(taken, op.gradient(upstream, inputShape: inputShape))
    }
}

private func alreadyFreed(_ operation: String) -> TensorError {
    TensorError(
        .noGradient, operation: operation, "what its gradient needs was freed by an earlier backward pass",
        remedy: "compute the loss again, or ask the first pass to keep the graph: backward(keepingGraph: true)")
}

/// Lets go of a long chain one link at a time: a recurrent network's graph is deeper than the stack.
private func unwind(_ inputs: [Tensor]) {
    guard inputs.contains(where: { $0.node != nil }) else { return }
    if let queue = Unwinding.queue {
        queue.pending.append(inputs)
        return
    }
    let queue = Unwinding()
    Unwinding.$queue.withValue(queue) {
        queue.pending.append(inputs)
        while let next = queue.pending.popLast() { withExtendedLifetime(next) {} }
    }
}

private final class Unwinding: @unchecked Sendable {
    @TaskLocal static var queue: Unwinding?
    var pending: [[Tensor]] = []
}
