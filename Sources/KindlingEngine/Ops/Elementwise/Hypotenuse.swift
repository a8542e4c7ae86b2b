// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// √(x² + y²), element by element, where the squares may overflow and the result does not.
    ///
    /// Shapes broadcast; float32 for integers. The gradient is (x, y) / √(x² + y²), and 0 at the origin.
    ///
    ///     Tensor([3.0]).hypot(Tensor([4.0]))  // 5
    public func hypot(_ other: Tensor) -> Tensor { elementwise(definition, other) }
}

private let definition = ElementwiseDefinition(
    "hypot", .floating, inputs: 2,
    gradient: { builder, input in
        let length = builder.hypotenuse(builder.input(0), builder.input(1))
        let isZero = builder.apply(.equal, length, builder.constant(0))
        let safe = builder.apply(.select, isZero, builder.constant(1), length)
        return builder.apply(.multiply, builder.input(2), builder.apply(.divide, builder.input(input), safe))
    }
) { builder in builder.hypotenuse(builder.input(0), builder.input(1)) }

extension ProgramBuilder {
    /// m √(1 + (n/m)²) for the larger and the smaller magnitude, m and n.
    fileprivate mutating func hypotenuse(_ x: Value, _ y: Value) -> Value {
        let (first, second) = (apply(.absolute, x), apply(.absolute, y))
        let larger = apply(.maximum, first, second)
        let isZero = apply(.equal, larger, constant(0))
        let divisor = apply(.select, isZero, constant(1), larger)
        let ratio = apply(.divide, apply(.minimum, first, second), divisor)
        let length = apply(
            .multiply, larger, apply(.squareRoot, apply(.add, apply(.square, ratio), constant(1))))
        // ∞ / ∞ is no ratio.
        return apply(.select, apply(.equal, larger, constant(.infinity)), larger, length)
    }
}
