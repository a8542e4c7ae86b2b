// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The same numbers with NaN and infinities replaced.
    ///
    /// - Parameters:
    ///   - nan: What NaN becomes.
    ///   - positiveInfinity: What +∞ becomes; without, the largest finite number of the type.
    ///   - negativeInfinity: What −∞ becomes; without, the smallest finite number of the type.
    ///
    /// Output: the input's shape and type; integers are as they were. The gradient flows to what was finite.
    ///
    ///     let clean = features.replacingNonFinite(nan: 0)
    public func replacingNonFinite(
        nan: Double = 0, positiveInfinity: Double? = nil, negativeInfinity: Double? = nil
    ) -> Tensor {
        guard let greatest = dtype.greatestFinite else { return self }
        return elementwise(definition, parameters: [nan, positiveInfinity ?? greatest, negativeInfinity ?? -greatest])
    }
}

extension DType {
    /// The largest finite number; nil for integers, which are all finite.
    fileprivate var greatestFinite: Double? {
        switch self {
        case .float64: .greatestFiniteMagnitude
        case .float32: Double(Float.greatestFiniteMagnitude)
        case .float16: 65504
        // 2¹²⁸ − 2¹²⁰: eight bits of significand.
        case .bfloat16: 0x1.fep127
        case .int32, .int64, .uint8, .bool: nil
        }
    }
}

private let definition = ElementwiseDefinition(
    "replacingNonFinite", .promoted, inputs: 1, parameters: 3,
    gradient: { builder, _ in
        let kept = builder.apply(.isFinite, builder.input(0))
        return builder.apply(.select, kept, builder.input(1), builder.constant(0))
    }
) { builder in
    let x = builder.input(0)
    let isPositive = builder.apply(.less, builder.constant(0), x)
    let infinity = builder.apply(.select, isPositive, builder.parameter(1), builder.parameter(2))
    let other = builder.apply(.select, builder.apply(.isNaN, x), builder.parameter(0), infinity)
    return builder.apply(.select, builder.apply(.isFinite, x), x, other)
}
