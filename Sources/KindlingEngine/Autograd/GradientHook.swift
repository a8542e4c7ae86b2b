// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The same tensor, whose gradient passes through `hook` on its way back: to look at it, scale it or clip it.
    ///
    /// The hook sees the whole gradient, once a backward pass, after all that uses the returned tensor.
    ///
    ///     let h = layer(x).onGradient { print($0.norm()); return $0 }
    ///     let g = layer(x).onGradient { $0.clamped(-1...1) }
    ///
    /// A gradient of another shape is an error of the backward pass.
    public func onGradient(_ hook: @escaping (Tensor) -> Tensor) -> Tensor {
        guard let node, GradientMode.isRecording else { return self }
        return Tensor(value, node: HookNode(node, shape, hook))
    }
}

private final class HookNode: OneSourceNode, @unchecked Sendable {
    private let hook: (Tensor) -> Tensor
    private let shape: Shape

    init(_ source: Node, _ shape: Shape, _ hook: @escaping (Tensor) -> Tensor) {
        self.hook = hook
        self.shape = shape
        super.init(source)
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        let source = try takeSource(pass, "onGradient")
        let gradient = hook(upstream)
        guard gradient.shape == shape || gradient.value.isPlaceholder else {
            throw TensorError(
                .shapeMismatch, operation: "onGradient",
                "a hook made a gradient of shape \(gradient.shape) for a tensor of shape \(shape)",
                remedy: "return a gradient of the shape that came in")
        }
        flow(source, gradient)
    }
}
