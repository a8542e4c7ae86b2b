// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln(eˣ + eʸ) without overflow: the sum of numbers whose logarithms these are.
    ///
    /// Shapes broadcast; float32 for integers. The gradient is σ(x − y) for x and σ(y − x) for y.
    ///
    ///     let total = logFirst.logAddExp(logSecond)
    public func logAddExp(_ other: Tensor) -> Tensor { elementwise(definition, other) }
}

private let definition = ElementwiseDefinition(
    "logAddExp", .floating, inputs: 2,
    gradient: { builder, input in
        let distance = builder.distance(builder.input(input), builder.input(1 - input))
        return builder.apply(.multiply, builder.input(2), builder.apply(.sigmoid, distance))
    }
) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    let apart = builder.apply(.absolute, builder.distance(x, y))
    return builder.apply(
        .add, builder.apply(.maximum, x, y), builder.apply(.softplus, builder.negate(apart)))
}

extension ProgramBuilder {
    /// x − y, and 0 for equal infinities.
    fileprivate mutating func distance(_ x: Value, _ y: Value) -> Value {
        let equalInfinities = apply(
            .logicalAnd, apply(.equal, x, y), apply(.logicalNot, apply(.isFinite, x)))
        return apply(.select, equalInfinities, constant(0), apply(.subtract, x, y))
    }
}
