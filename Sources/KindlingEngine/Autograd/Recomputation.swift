// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Runs part of a forward pass without keeping what its gradient needs, and runs it again in the backward pass: less
/// memory for more time (Chen and others, "Training deep nets with sublinear memory cost", 2016).
///
/// The second run sees the same phase, random numbers, device and precision, so that dropout drops the same elements. `body` must
/// compute the same from the same inputs; what it changes on the side (running statistics) is changed twice.
///
///     let y = recomputed([x]) { block($0[0]) }
/// - Parameters:
///   - inputs: What `body` reads. Gradients flow to them, and to parameters and tensors that `body` captures.
///   - body: The part of the pass.
public func recomputed(_ inputs: [Tensor], _ body: @escaping ([Tensor]) -> Tensor) -> Tensor {
    guard GradientMode.isRecording else { return body(inputs) }
    let snapshot = ForwardContext.current?.snapshot()
    let output = noGrad { body(inputs) }
    guard output.dtype.isFloatingPoint, !output.value.isPlaceholder else { return output.detached() }
    let record = RecomputationNode.Record(
        inputs: inputs, body: body, context: snapshot, precision: PrecisionScope.current?.policy, device: .current,
        shape: output.shape)
    return Tensor(output.value, node: RecomputationNode(record))
}

private final class RecomputationNode: Node, @unchecked Sendable {
    final class Record: @unchecked Sendable {
        let inputs: [Tensor]
        let body: ([Tensor]) -> Tensor
        let context: ForwardContext?
        let precision: PrecisionPolicy?
        let device: Device
        let shape: Shape

        init(
            inputs: [Tensor], body: @escaping ([Tensor]) -> Tensor, context: ForwardContext?,
            precision: PrecisionPolicy?, device: Device, shape: Shape
        ) {
            self.inputs = inputs
            self.body = body
            self.context = context
            self.precision = precision
            self.device = device
            self.shape = shape
        }

        func run() -> Tensor {
            GradientMode.$isRecording.withValue(true) {
                withDevice(device) {
                    // The backward pass is under no policy; parameters are converted for this run alone.
                    withPrecision(precision) {
                        guard let context else { return body(inputs) }
                        // A copy of its own for each run: another backward pass draws the same numbers again.
                        return ForwardContext.$current.withValue(context.snapshot()) { body(inputs) }
                    }
                }
            }
        }
    }

    private let record: KeptValue<Record>

    init(_ record: Record) { self.record = KeptValue(record) }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        guard let taken = record.take(keeping: pass.keeping) else { throw alreadyFreed("recomputed") }
        // All that the second run records has larger numbers; what it leads to beyond belongs to the outer pass.
        let boundary = Node.latest
        let output = taken.run()
        guard !output.value.isPlaceholder else { return }  // the failure was noted where it happened
        guard output.shape == taken.shape else {
            throw TensorError(
                .shapeMismatch, operation: "recomputed",
                "the second run gave shape \(output.shape), the first \(taken.shape)",
                remedy: "let the body depend on its inputs alone")
        }
        guard let node = output.node else { return }  // nothing in the body has a gradient
        guard node.order > boundary else { return flow(node, upstream) }
        try propagate(from: node, seed: upstream, pass, boundary: boundary, outside: flow)
    }

    override func releaseSources(into pending: inout [Node]) {
        for input in record.take(keeping: false)?.inputs ?? [] {
            if let node = input.node { pending.append(node) }
        }
    }

    deinit { unwind() }
}
