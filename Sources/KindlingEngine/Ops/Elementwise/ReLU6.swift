// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// min(max(0, x), 6), element by element (Krizhevsky 2010); NaN stays NaN.
    ///
    /// Output: the input's shape and type. The gradient is 0 at 0 and at 6.
    ///
    ///     Tensor([-1.0, 3.0, 9.0]).relu6()    // 0, 3, 6
    public func relu6() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition(
    "relu6", .promoted, inputs: 1,
    gradient: { builder, _ in
        let x = builder.input(0)
        let inside = builder.apply(
            .logicalAnd, builder.apply(.less, builder.constant(0), x), builder.apply(.less, x, builder.constant(6)))
        return builder.apply(.select, inside, builder.input(1), builder.constant(0))
    }
) { builder in
    builder.apply(.minimum, builder.apply(.maximum, builder.input(0), builder.constant(0)), builder.constant(6))
}
