// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A function with a gradient of your own: the straight-through estimator, a clipped or a cheaper gradient.
///
/// Written with operations on tensors, the gradient has gradients itself. It runs under the function's precision policy.
///
///     // Rounds, but lets the gradient through.
///     let y = customGradient([x]) { $0[0].floor() } gradient: { upstream, _, _ in [upstream] }
/// - Parameters:
///   - inputs: What the function reads and gradients flow to.
///   - function: The value from the inputs; how it computes is not recorded.
///   - gradient: From the gradient by the value, the inputs and the value: for each input the gradient in its shape,
///     or nil where none flows.
///
/// A gradient of a wrong number or shape is an error of the backward pass.
public func customGradient(
    _ inputs: [Tensor], _ function: ([Tensor]) -> Tensor,
    gradient: @escaping (_ upstream: Tensor, _ inputs: [Tensor], _ output: Tensor) -> [Tensor?]
) -> Tensor {
    let output = noGrad { function(inputs.map { $0.detached() }) }
    guard output.dtype.isFloatingPoint, inputs.contains(where: { $0.node != nil }), GradientMode.isRecording,
        !output.value.isPlaceholder
    else { return output.detached() }
    return Tensor(output.value, node: CustomGradientNode(inputs, output.value, gradient))
}

private final class CustomGradientNode: Node, @unchecked Sendable {
    /// `@unchecked`: a gradient is one thread's work at a time.
    private final class Record: @unchecked Sendable {
        let inputs: [Tensor]
        let output: TensorValue
        let gradient: (Tensor, [Tensor], Tensor) -> [Tensor?]
        let precision = PrecisionScope.current?.policy

        init(
            _ inputs: [Tensor], _ output: TensorValue, _ gradient: @escaping (Tensor, [Tensor], Tensor) -> [Tensor?]
        ) {
            self.inputs = inputs
            self.output = output
            self.gradient = gradient
        }
    }

    private let record: KeptValue<Record>

    init(_ inputs: [Tensor], _ output: TensorValue, _ gradient: @escaping (Tensor, [Tensor], Tensor) -> [Tensor?]) {
        record = KeptValue(Record(inputs, output, gradient))
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        guard let taken = record.take(keeping: pass.keeping) else { throw alreadyFreed("customGradient") }
        // The inputs are as they were before the policy converted them, so it is in force here, too.
        let gradients = withPrecision(taken.precision) {
            taken.gradient(upstream, taken.inputs, Tensor(taken.output, node: self))
        }
        guard gradients.count == taken.inputs.count else {
            throw TensorError(
                .noGradient, operation: "customGradient",
                "\(gradients.count) gradients for \(taken.inputs.count) inputs",
                remedy: "return one for each input, nil where none flows")
        }
        for (index, pair) in zip(taken.inputs, gradients).enumerated() {
            guard let gradient = pair.1 else { continue }
            let input = pair.0
            guard gradient.shape == input.shape || gradient.value.isPlaceholder else {
                throw TensorError(
                    .shapeMismatch, operation: "customGradient",
                    "a gradient of shape \(gradient.shape) for input \(index) of shape \(input.shape)",
                    remedy: "return gradients in their inputs' shapes")
            }
            if let node = input.node, node.order > pass.floor { flow(node, gradient.converted(to: input.dtype)) }
        }
    }

    override func releaseSources(into pending: inout [Node]) {
        for input in record.take(keeping: false)?.inputs ?? [] {
            if let node = input.node { pending.append(node) }
        }
    }

    deinit { unwind() }
}
