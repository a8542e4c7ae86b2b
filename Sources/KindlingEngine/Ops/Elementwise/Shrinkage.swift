// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Output: the input's shape; float32 for integers. NaN stays NaN.
extension Tensor {
    /// x − tanh x, element by element.
    ///
    ///     Tensor([-1.0, 1.0]).tanhShrink()    // −0.2384, 0.2384
    public func tanhShrink() -> Tensor { elementwise(smooth) }

    /// x where |x| > λ, else 0 (Donoho and Johnstone 1994).
    ///
    /// - Parameter threshold: λ, not negative; 0.5 by default.
    ///
    ///     Tensor([0.3, 2.0]).hardShrink()     // 0, 2
    public func hardShrink(threshold: Double = 0.5) -> Tensor {
        if let failure = refusing(threshold, "hardShrink") { return failure }
        return elementwise(hard, parameters: [threshold])
    }

    /// x moved towards 0 by λ, and 0 where |x| ≤ λ (Donoho and Johnstone 1994).
    ///
    /// - Parameter threshold: λ, not negative; 0.5 by default.
    ///
    ///     Tensor([0.3, -2.0]).softShrink()    // 0, −1.5
    public func softShrink(threshold: Double = 0.5) -> Tensor {
        if let failure = refusing(threshold, "softShrink") { return failure }
        return elementwise(soft, parameters: [threshold])
    }

    private func refusing(_ threshold: Double, _ operation: String) -> Tensor? {
        guard !(threshold >= 0) else { return nil }
        return .failed(
            TensorError(
                .invalidValue, operation: operation, "a threshold of \(threshold) is not 0 or more",
                remedy: "give the size below which numbers become 0"), spec)
    }
}

private let smooth = ElementwiseDefinition("tanhShrink", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.subtract, x, builder.apply(.tanh, x))
}

private let hard = ElementwiseDefinition("hardShrink", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.select, builder.isSmall(x), builder.constant(0), x)
}

private let soft = ElementwiseDefinition(
    "softShrink", .floating, inputs: 1, parameters: 1,
    gradient: { builder, _ in
        builder.apply(.select, builder.isSmall(builder.input(0)), builder.constant(0), builder.input(1))
    }
) { builder in
    let x = builder.input(0)
    let raised = builder.apply(.maximum, x, builder.negate(builder.parameter(0)))
    return builder.apply(.subtract, x, builder.apply(.minimum, raised, builder.parameter(0)))
}

extension ProgramBuilder {
    /// |x| ≤ λ.
    fileprivate mutating func isSmall(_ x: Value) -> Value {
        apply(.lessOrEqual, apply(.absolute, x), parameter(0))
    }
}
