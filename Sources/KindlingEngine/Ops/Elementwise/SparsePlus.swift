// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Output: the input's shape; float32 for integers.
extension Tensor {
    /// 0 up to −1, x from 1, and (x + 1)² / 4 between: a smooth ramp that reaches 0 (Bastings and others 2019).
    ///
    ///     Tensor([-1.0, 0.0, 2.0]).sparsePlus()       // 0, 0.25, 2
    public func sparsePlus() -> Tensor { elementwise(ramp) }

    /// 0 up to −1, 1 from 1, and (x + 1) / 2 between: the slope of ``sparsePlus()``.
    ///
    ///     Tensor([-1.0, 0.0, 2.0]).sparseSigmoid()    // 0, 0.5, 1
    public func sparseSigmoid() -> Tensor { elementwise(step) }
}

private let ramp = ElementwiseDefinition(
    "sparsePlus", .floating, inputs: 1,
    gradient: { builder, _ in
        builder.apply(.multiply, builder.input(1), builder.step(builder.input(0)))
    }
) { builder in
    let x = builder.input(0)
    let square = builder.apply(.square, builder.step(x))
    return builder.apply(.select, builder.apply(.less, x, builder.constant(1)), square, x)
}

private let step = ElementwiseDefinition("sparseSigmoid", .floating, inputs: 1) { builder in
    builder.step(builder.input(0))
}

extension ProgramBuilder {
    /// (x + 1) / 2, cut to 0 … 1.
    fileprivate mutating func step(_ x: Value) -> Value {
        let line = scale(apply(.add, x, constant(1)), 0.5)
        return apply(.minimum, apply(.maximum, line, constant(0)), constant(1))
    }
}
