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
    let angle = builder.scale(builder.input(0), .pi)
    let isSmall = builder.apply(.less, builder.apply(.absolute, angle), builder.constant(0.01))
    // A divisor that is never 0 keeps NaN out of the gradient.
    let divisor = builder.apply(.select, isSmall, builder.constant(1), angle)
    let quotient = builder.apply(.divide, builder.apply(.sin, angle), divisor)
    // 1 − t²/6 + t⁴/120, exact to 2e−16 there: near 0 the derivatives of the quotient would cancel.
    let square = builder.apply(.square, angle)
    let inner = builder.apply(.subtract, builder.constant(1), builder.scale(square, 1.0 / 20))
    let series = builder.apply(
        .subtract, builder.constant(1), builder.scale(builder.apply(.multiply, square, inner), 1.0 / 6))
    return builder.apply(.select, isSmall, series, quotient)
}
