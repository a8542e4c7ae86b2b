// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x · σ(x), also called swish (Elfwing and others 2017).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 1.0]).silu()      // [-0.2689, 0.7311]
    public func silu() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("silu", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.multiply, x, builder.apply(.sigmoid, x))
}
