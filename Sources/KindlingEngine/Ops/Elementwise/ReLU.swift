// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// max(0, x), element by element; NaN stays NaN.
    ///
    /// Output: the input's shape and type.
    ///
    /// The gradient is 0 at 0, as everywhere (Nair and Hinton 2010).
    ///
    ///     Tensor([-2.0, 3.0]).relu()      // [0, 3]
    public func relu() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition(
    "relu", .promoted, inputs: 1,
    gradient: { builder, _ in
        let positive = builder.apply(.less, builder.constant(0), builder.input(0))
        return builder.apply(.select, positive, builder.input(1), builder.constant(0))
    }
) { builder in builder.apply(.maximum, builder.input(0), builder.constant(0)) }
