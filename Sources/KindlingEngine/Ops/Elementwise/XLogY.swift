// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x ln y, and 0 where x is 0 and y is not NaN: a term of an entropy, this tensor being x.
    ///
    /// Shapes broadcast; float32 for integers. The gradient is ln y for x, and 0 where x is 0 and y is not positive; it
    /// is x / y for y.
    ///
    ///     let entropy = -(p.xlogy(p).sum())
    public func xlogy(_ y: Tensor) -> Tensor { elementwise(definition, y) }
}

private let definition = ElementwiseDefinition(
    "xlogy", .floating, inputs: 2,
    gradient: { builder, input in
        let (x, y, upstream) = (builder.input(0), builder.input(1), builder.input(2))
        if input == 1 { return builder.apply(.multiply, upstream, builder.apply(.divide, x, y)) }
        let zero = builder.constant(0)
        let isGone = builder.apply(
            .logicalAnd, builder.apply(.equal, x, zero), builder.apply(.lessOrEqual, y, zero))
        let safe = builder.apply(.select, isGone, builder.constant(1), y)
        return builder.apply(.multiply, upstream, builder.apply(.log, safe))
    }
) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    let zero = builder.constant(0)
    let product = builder.apply(.multiply, x, builder.apply(.log, y))
    let isGone = builder.apply(
        .logicalAnd, builder.apply(.equal, x, zero), builder.apply(.logicalNot, builder.apply(.isNaN, y)))
    return builder.apply(.select, isGone, zero, product)
}
