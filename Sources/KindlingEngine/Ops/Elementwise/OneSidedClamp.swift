// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// At least a bound: max(x, lower).
    ///
    /// Output: the input's shape and type. No gradient flows where it is cut, nor at the bound. Refuses NaN, and for whole
    /// numbers a bound with a fraction.
    ///
    ///     let variance = variance.clamped(lower: 1e-6)
    public func clamped(lower: Double) -> Tensor {
        clampedBy(lower, "lower", raised)
    }

    /// At most a bound: min(x, upper).
    ///
    /// Output: the input's shape and type. No gradient flows where it is cut, nor at the bound. Refuses NaN, and for whole
    /// numbers a bound with a fraction.
    ///
    ///     let ratio = ratio.clamped(upper: 1)
    public func clamped(upper: Double) -> Tensor {
        clampedBy(upper, "upper", lowered)
    }

    private func clampedBy(_ bound: Double, _ side: String, _ definition: ElementwiseDefinition) -> Tensor {
        noting { () throws(TensorError) in
            try requireBound(bound, side)
            return elementwise(definition, parameters: [bound])
        }
    }

    /// Refuses what cannot bound the tensor's numbers; infinity bounds them all.
    func requireBound(_ bound: Double, _ side: String) throws(TensorError) {
        guard !bound.isNaN else {
            throw TensorError(
                .invalidValue, operation: "clamp", "the \(side) bound is NaN", remedy: "give a number")
        }
        if !bound.isInfinite { try requireExact(bound, "clamp", "the \(side) bound") }
    }
}

private let raised = ElementwiseDefinition(
    "clamp", .promoted, inputs: 1, parameters: 1,
    gradient: { builder, _ in
        let inside = builder.apply(.less, builder.parameter(0), builder.input(0))
        return builder.apply(.select, inside, builder.input(1), builder.constant(0))
    }
) { builder in builder.apply(.maximum, builder.input(0), builder.parameter(0)) }

private let lowered = ElementwiseDefinition(
    "clamp", .promoted, inputs: 1, parameters: 1,
    gradient: { builder, _ in
        let inside = builder.apply(.less, builder.input(0), builder.parameter(0))
        return builder.apply(.select, inside, builder.input(1), builder.constant(0))
    }
) { builder in builder.apply(.minimum, builder.input(0), builder.parameter(0)) }
