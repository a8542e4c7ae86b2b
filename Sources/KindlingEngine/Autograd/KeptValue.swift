// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// What a node keeps for its gradient until a backward pass frees it.
struct KeptValue<Value: Sendable>: ~Copyable {
    private let slot: Mutex<Value?>

    init(_ value: Value) { slot = Mutex(value) }

    /// What is kept, left in place or moved out; nil when it was moved out before.
    func take(keeping: Bool) -> Value? {
        slot.withLock { value in keeping ? value : value.take() }
    }
}

/// A node with one source, such as the result of looking at the same memory otherwise.
class OneSourceNode: Node, @unchecked Sendable {
    private let source: KeptValue<Node>

    init(_ source: Node) { self.source = KeptValue(source) }

    /// Where gradients flow on to.
    /// - Throws: `TensorError` when an earlier pass freed it.
    final func takeSource(_ pass: BackwardPass, _ operation: String) throws(TensorError) -> Node {
        guard let source = source.take(keeping: pass.keeping) else { throw alreadyFreed(operation) }
        return source
    }

    /// Where it leads to while nobody freed it.
    final var keptSource: Node? { source.take(keeping: true) }

    override func releaseSources(into pending: inout [Node]) {
        if let source = source.take(keeping: false) { pending.append(source) }
    }

    deinit { unwind() }
}
