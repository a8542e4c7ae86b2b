// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x / (1 + |x|), element by element, in (−1, 1) (Turian and others 2009).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 3.0]).softsign()      // −0.5, 0.75
    public func softsign() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition(
    "softsign", .floating, inputs: 1,
    gradient: { builder, _ in
        // 1 / (1 + |x|)², which the quotient rule, with the sign of x, would make 1 at 0 only by way of 0 · 0.
        let size = builder.apply(.add, builder.apply(.absolute, builder.input(0)), builder.constant(1))
        return builder.apply(.divide, builder.input(1), builder.apply(.square, size))
    }
) { builder in
    let x = builder.input(0)
    return builder.apply(.divide, x, builder.apply(.add, builder.apply(.absolute, x), builder.constant(1)))
}
