// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// At least a bound: max(x, lower).
    ///
    /// Output: the input's shape and type; the bound of whole numbers is rounded up. No gradient flows where it is cut,
    /// nor at the bound. Refuses NaN.
    ///
    ///     let variance = variance.clamped(lower: 1e-6)
    public func clamped(lower: Double) -> Tensor {
        if let failure = refusingNaN(lower, "lower") { return failure }
        return elementwise(raised, parameters: [dtype.isFloatingPoint ? lower : lower.rounded(.up)])
    }

    /// At most a bound: min(x, upper).
    ///
    /// Output: the input's shape and type; the bound of whole numbers is rounded down. No gradient flows where it is
    /// cut, nor at the bound. Refuses NaN.
    ///
    ///     let ratio = ratio.clamped(upper: 1)
    public func clamped(upper: Double) -> Tensor {
        if let failure = refusingNaN(upper, "upper") { return failure }
        return elementwise(lowered, parameters: [dtype.isFloatingPoint ? upper : upper.rounded(.down)])
    }

    private func refusingNaN(_ bound: Double, _ side: String) -> Tensor? {
        guard bound.isNaN else { return nil }
        return .failed(
            TensorError(.invalidValue, operation: "clamp", "the \(side) bound is NaN", remedy: "give a number"), spec)
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
