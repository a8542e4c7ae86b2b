// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x where it is positive, else α (eˣ − 1) (Clevert and others 2015).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 2.0]).elu()      // [-0.6321, 2]
    public func elu(alpha: Double = 1) -> Tensor { elementwise(definition, parameters: [alpha]) }
}

private let definition = ElementwiseDefinition("elu", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    let positive = builder.apply(.less, builder.constant(0), x)
    // Only what is not positive is exponentiated, so that nothing overflows and spoils the gradient.
    let low = builder.apply(.expm1, builder.apply(.select, positive, builder.constant(0), x))
    return builder.apply(.select, positive, x, builder.apply(.multiply, low, builder.parameter(0)))
}
