// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x min(max(0, x + 3), 6) / 6, a cheap swish (Howard and others 2019, MobileNetV3); also called hard SiLU.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-4.0, 1.0]).hardSwish()     // 0, 0.6667
    public func hardSwish() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition(
    "hardSwish", .floating, inputs: 1,
    gradient: { builder, _ in
        let (x, upstream) = (builder.input(0), builder.input(1))
        let slope = builder.apply(.add, builder.apply(.divide, x, builder.constant(3)), builder.constant(0.5))
        let middle = builder.apply(.multiply, upstream, slope)
        let raised = builder.apply(.select, builder.apply(.lessOrEqual, builder.constant(3), x), upstream, middle)
        let isLow = builder.apply(.lessOrEqual, x, builder.constant(-3))
        return builder.apply(.select, isLow, builder.constant(0), raised)
    }
) { builder in
    let x = builder.input(0)
    return builder.apply(.multiply, x, builder.hardSigmoid(x))
}
