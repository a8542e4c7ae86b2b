// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x + w (y − x): the point at a fraction w of the way from this tensor to another; exact for w = 0 and w = 1.
    ///
    /// Shapes broadcast; float32 for integers. Weights outside 0 … 1 extrapolate.
    ///
    ///     let average = average.interpolated(to: value, weight: 0.01)
    public func interpolated(to other: Tensor, weight: Double) -> Tensor {
        elementwise(byNumber, other, parameters: [weight])
    }

    /// x + w (y − x) with a weight for each element; exact where w is 0 or 1.
    ///
    /// Shapes broadcast, the weights' too; float32 for integers.
    ///
    ///     let mixed = first.interpolated(to: second, weight: gate)
    public func interpolated(to other: Tensor, weight: Tensor) -> Tensor { elementwise(byTensor, other, weight) }
}

private let byNumber = ElementwiseDefinition("interpolated", .floating, inputs: 2, parameters: 1) { builder in
    builder.interpolation(builder.input(0), builder.input(1), builder.parameter(0))
}

private let byTensor = ElementwiseDefinition("interpolated", .floating, inputs: 3) { builder in
    builder.interpolation(builder.input(0), builder.input(1), builder.input(2))
}

extension ProgramBuilder {
    /// From the nearer end, so that both ends are met exactly.
    fileprivate mutating func interpolation(_ x: Value, _ y: Value, _ weight: Value) -> Value {
        let way = apply(.subtract, y, x)
        let near = apply(.multiplyAdd, weight, way, x)
        let rest = apply(.subtract, weight, constant(1))
        let far = apply(.multiplyAdd, rest, way, y)
        return apply(.select, apply(.less, weight, constant(0.5)), near, far)
    }
}
