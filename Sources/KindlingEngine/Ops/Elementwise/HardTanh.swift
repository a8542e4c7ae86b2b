// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x, cut to a range: the hyperbolic tangent in three straight pieces (Collobert 2004).
    ///
    /// As `clamped`, but integers become float32. No gradient flows where it is cut, nor at the ends of the range.
    ///
    ///     Tensor([-2.0, 0.5]).hardTanh()      // −1, 0.5
    public func hardTanh(_ range: ClosedRange<Double> = -1...1) -> Tensor {
        elementwise(definition, parameters: [range.lowerBound, range.upperBound])
    }
}

private let definition = ElementwiseDefinition(
    "hardTanh", .floating, inputs: 1, parameters: 2,
    gradient: { builder, _ in
        let x = builder.input(0)
        let inside = builder.apply(
            .logicalAnd, builder.apply(.less, builder.parameter(0), x), builder.apply(.less, x, builder.parameter(1)))
        return builder.apply(.select, inside, builder.input(1), builder.constant(0))
    }
) { builder in
    let raised = builder.apply(.maximum, builder.input(0), builder.parameter(0))
    return builder.apply(.minimum, raised, builder.parameter(1))
}
