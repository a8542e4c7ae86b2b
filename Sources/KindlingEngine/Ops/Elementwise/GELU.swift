// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The Gaussian error linear unit (Hendrycks and Gimpel 2016), element by element.
    ///
    /// x / 2 · (1 + erf(x / √2)), or with `approximate` x / 2 · (1 + tanh(√(2/π) (x + 0.044715 x³))), which GPT-2 uses.
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 1.0]).gelu()      // [-0.1587, 0.8413]
    public func gelu(approximate: Bool = false) -> Tensor { elementwise(approximate ? tanhForm : exactForm) }
}

private let exactForm = ElementwiseDefinition("gelu", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    let error = builder.apply(.erf, builder.scale(x, 0.7071067811865476))
    return builder.apply(.multiply, builder.scale(x, 0.5), builder.apply(.add, error, builder.constant(1)))
}

private let tanhForm = ElementwiseDefinition("gelu", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    let cube = builder.apply(.multiply, x, builder.apply(.square, x))
    let inner = builder.scale(builder.apply(.add, x, builder.scale(cube, 0.044715)), 0.7978845608028654)
    let gate = builder.apply(.add, builder.apply(.tanh, inner), builder.constant(1))
    return builder.apply(.multiply, builder.scale(x, 0.5), gate)
}
