// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// How a tensor came about: one entry of the tape.
///
/// Nodes refer to the nodes of their inputs and to nothing that refers back, so a graph goes away with the last tensor
/// that needs it.
class Node: @unchecked Sendable {
    private static let counter = Atomic<UInt64>(0)

    /// Later nodes have larger numbers, so that going down in order is a valid order of the chain rule.
    let order: UInt64

    /// The number of the latest node.
    static var latest: UInt64 { counter.load(ordering: .relaxed) }

    /// Whether nothing lies behind it, so that nothing has to be taken apart with it.
    var isLeaf: Bool { false }

    init() { order = Node.counter.wrappingAdd(1, ordering: .relaxed).newValue }

    /// The gradients that flow on, and to which nodes.
    ///
    /// Unless the pass keeps the graph, what was saved for it is freed.
    func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void) throws(TensorError) {}

    /// Moves out the nodes it leads to, for whoever takes a graph apart.
    func releaseSources(into pending: inout [Node]) {}

    /// Lets go of a long chain one link at a time: a recurrent network's graph is deeper than the stack.
    final func unwind() {
        var pending: [Node] = []
        releaseSources(into: &pending)
        while var node = pending.popLast() {
            // Who else refers to it, takes it apart when letting go of it.
            if isKnownUniquelyReferenced(&node) { node.releaseSources(into: &pending) }
        }
    }
}

/// How far a backward pass goes and what it leaves behind.
struct BackwardPass: Sendable {
    /// Whether another pass through the same computation will follow.
    let keeping: Bool
    /// Only nodes with larger numbers are visited: what was computed before belongs to somebody else.
    let floor: UInt64
}

/// A tensor that gradients arrive at: a parameter, or what `gradient(at:)` differentiates by.
final class LeafNode: Node, @unchecked Sendable {
    private let slot = Mutex<Tensor?>(nil)

    override var isLeaf: Bool { true }

    var gradient: Tensor? {
        get { slot.withLock { $0 } }
        set { slot.withLock { $0 = newValue } }
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void) {
        slot.withLock { gradient in
            if let before = gradient { gradient = before + upstream } else { gradient = upstream }
        }
    }
}

/// The result of an operation.
///
/// Not generic over the operation: metadata of generic classes is looked up at each allocation.
final class OpNode: Node, @unchecked Sendable {
    private struct Record {
        var inputs: [Tensor]
        let output: TensorValue
        let auxiliaries: [Tensor]
    }

    private let op: any Op
    private let origin: AnomalyOrigin?
    private let record: KeptValue<Record>

    init(_ op: any Op, _ inputs: [Tensor], _ output: TensorValue, _ auxiliaries: [Tensor]) {
        self.op = op
        origin = AnomalyOrigin.noted(op.name)
        record = KeptValue(Record(inputs: inputs, output: output, auxiliaries: auxiliaries))
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        guard let taken = record.take(keeping: pass.keeping) else { throw alreadyFreed(op.name) }
        // The output's own node is this one: a tensor made here keeps no cycle alive.
        let saved = Saved(
            inputs: taken.inputs, output: Tensor(taken.output, node: self), auxiliaries: taken.auxiliaries,
            floor: pass.floor)
        let gradients =
            origin.map { watchedGradients(of: op, from: $0, upstream, saved) } ?? op.gradients(upstream, saved)
        for index in 0..<Swift.min(taken.inputs.count, gradients.count) {
            if let node = taken.inputs[index].node, let gradient = gradients[index] { flow(node, gradient) }
        }
    }

    /// The gradients while somebody wants to know whose they are.
    private func watchedGradients(
        of op: any Op, from origin: AnomalyOrigin, _ upstream: Tensor, _ saved: Saved
    ) -> [Tensor?] {
        let profile = OperationProfile.active
        profile?.begin(.gradient, origin.operation, module: origin.modulePath)
        defer { profile?.end() }
        return AnomalyDetection.$origin.withValue(origin) { op.gradients(upstream, saved) }
    }

    override func releaseSources(into pending: inout [Node]) {
        guard let taken = record.take(keeping: false) else { return }  // freed by a backward pass
        for input in taken.inputs {
            if let node = input.node, !node.isLeaf { pending.append(node) }
        }
    }

    deinit { unwind() }
}

/// The result of looking at the same memory otherwise.
final class ViewNode: OneSourceNode, @unchecked Sendable {
    private let op: any ViewOp
    private let inputShape: Shape

    init(_ op: any ViewOp, _ inputShape: Shape, _ source: Node) {
        self.op = op
        self.inputShape = inputShape
        super.init(source)
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        flow(try takeSource(pass, op.name), op.gradient(upstream, inputShape: inputShape))
    }
}

func alreadyFreed(_ operation: String) -> TensorError {
    TensorError(
        .noGradient, operation: operation, "what its gradient needs was freed by an earlier backward pass",
        remedy: "compute the loss again, or ask the first pass to keep the graph: backward(keepingGraph: true)")
}
