// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// min(max(0, x + 3), 6) / 6, the sigmoid in three straight pieces (Courbariaux and others 2015).
    ///
    /// Output: the input's shape; float32 for integers. The gradient is 0 at −3 and 3.
    ///
    ///     Tensor([-4.0, 0.0, 4.0]).hardSigmoid()      // 0, 0.5, 1
    public func hardSigmoid() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition(
    "hardSigmoid", .floating, inputs: 1,
    gradient: { builder, _ in
        let inside = builder.apply(.less, builder.apply(.absolute, builder.input(0)), builder.constant(3))
        let sixth = builder.apply(.divide, builder.input(1), builder.constant(6))
        return builder.apply(.select, inside, sixth, builder.constant(0))
    }
) { builder in builder.hardSigmoid(builder.input(0)) }

extension ProgramBuilder {
    /// min(max(0, x + 3), 6) / 6.
    mutating func hardSigmoid(_ x: Value) -> Value {
        let raised = apply(.maximum, apply(.add, x, constant(3)), constant(0))
        return apply(.divide, apply(.minimum, raised, constant(6)), constant(6))
    }
}
