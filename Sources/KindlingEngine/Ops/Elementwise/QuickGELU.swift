// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x · σ(1.702 x), a cheap approximation of GELU (Hendrycks and Gimpel 2016), which CLIP uses.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).quickGELU()      // 0, 0.8458
    public func quickGELU() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("quickGELU", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.multiply, x, builder.apply(.sigmoid, builder.scale(x, 1.702)))
}
