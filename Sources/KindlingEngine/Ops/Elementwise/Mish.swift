// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x tanh(ln(1 + eˣ)), element by element (Misra 2019).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).mish()           // 0, 0.8651
    public func mish() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("mish", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.multiply, x, builder.apply(.tanh, builder.apply(.softplus, x)))
}
