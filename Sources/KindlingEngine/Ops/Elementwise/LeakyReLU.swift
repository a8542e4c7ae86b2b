// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x where it is positive, else slope · x (Maas and others 2013).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-2.0, 3.0]).leakyReLU(slope: 0.1)      // [-0.2, 3]
    public func leakyReLU(slope: Double = 0.01) -> Tensor { elementwise(definition, parameters: [slope]) }
}

private let definition = ElementwiseDefinition("leakyReLU", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    let positive = builder.apply(.less, builder.constant(0), x)
    return builder.apply(.select, positive, x, builder.apply(.multiply, x, builder.parameter(0)))
}
