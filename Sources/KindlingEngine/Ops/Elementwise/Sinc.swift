// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The normalised sinc: sin(πx) / (πx), and 1 at 0.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 0.5]).sinc()           // 1, 2/π
    public func sinc() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("sinc", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    let isZero = builder.apply(.equal, x, builder.constant(0))
    // A divisor that is never 0 keeps NaN out of the gradient.
    let angle = builder.scale(builder.apply(.select, isZero, builder.constant(1), x), .pi)
    return builder.apply(
        .select, isZero, builder.constant(1), builder.apply(.divide, builder.apply(.sin, angle), angle))
}
