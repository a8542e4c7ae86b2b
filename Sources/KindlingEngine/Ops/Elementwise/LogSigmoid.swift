// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln σ(x) = −ln(1 + e^(−x)), where the logarithm of the sigmoid itself would be −∞.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     let loss = -(margin.logSigmoid().mean())
    public func logSigmoid() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("logSigmoid", .floating, inputs: 1) { builder in
    builder.negate(builder.apply(.softplus, builder.negate(builder.input(0))))
}
