// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Output: the input's shape; float32 for integers.
extension Tensor {
    /// The logarithm to base 2, to within rounding; −∞ at 0 and NaN below.
    ///
    ///     Tensor([1.0, 8.0]).log2()           // 0, 3
    public func log2() -> Tensor { elementwise(logarithm2) }

    /// The logarithm to base 10, to within rounding; −∞ at 0 and NaN below.
    ///
    ///     Tensor([1.0, 100.0]).log10()        // 0, 2
    public func log10() -> Tensor { elementwise(logarithm10) }

    /// 2ˣ, element by element.
    ///
    ///     Tensor([-1.0, 3.0]).exp2()          // 0.5, 8
    public func exp2() -> Tensor { elementwise(power2) }
}

private let ln2 = 0.6931471805599453

private let logarithm2 = logarithm("log2", of: ln2)
private let logarithm10 = logarithm("log10", of: 2.302585092994046)

/// - Parameter base: The base's natural logarithm.
private func logarithm(_ name: String, of base: Double) -> ElementwiseDefinition {
    ElementwiseDefinition(name, .floating, inputs: 1) { builder in
        builder.apply(.divide, builder.apply(.log, builder.input(0)), builder.constant(base))
    }
}

// As a power, which is exact for whole exponents; its derivative would take the logarithm of 2 for each element.
private let power2 = ElementwiseDefinition(
    "exp2", .floating, inputs: 1,
    gradient: { builder, _ in
        let value = builder.apply(.power, builder.constant(2), builder.input(0))
        return builder.apply(.multiply, builder.input(1), builder.scale(value, ln2))
    }
) { builder in builder.apply(.power, builder.constant(2), builder.input(0)) }
