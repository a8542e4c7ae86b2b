// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cross-entropy of probabilities for targets between 0 and 1, logarithms no lower than −100.
    ///
    /// −(y · ln p + (1 − y) · ln(1 − p)), times the weight. The gradient's divisor p (1 − p) is at least 10⁻¹², so that
    /// it stays finite at 0 and 1. Logits are better served by `binaryCrossEntropyWithLogits`.
    ///
    ///     Tensor([0.9, 0.2]).binaryCrossEntropy(Tensor([1.0, 0.0]))
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - weights: What each element counts for; broadcast to this tensor's shape.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`; NaN for what is no probability. Refuses shapes that
    ///   differ and predictions of whole numbers.
    public func binaryCrossEntropy(
        _ targets: Tensor, weights: Tensor? = nil, reduction: LossReduction = .mean
    ) -> Tensor {
        pairwiseLoss("binaryCrossEntropy", targets, weights: weights, reduction) { elementwise(definition, $0) }
    }
}

private let definition = ElementwiseDefinition(
    "binaryCrossEntropy", .promoted, inputs: 2,
    gradient: { builder, input in
        let (p, y, upstream) = (builder.input(0), builder.input(1), builder.input(2))
        if input == 1 {
            let (low, high) = logarithms(&builder, p)
            return builder.apply(.multiply, upstream, builder.apply(.subtract, high, low))
        }
        let spread = builder.apply(.multiply, p, builder.apply(.subtract, builder.constant(1), p))
        let divisor = builder.apply(.maximum, spread, builder.constant(1e-12))
        return builder.apply(
            .divide, builder.apply(.multiply, upstream, builder.apply(.subtract, p, y)), divisor)
    }
) { builder in
    let (p, y) = (builder.input(0), builder.input(1))
    let (low, high) = logarithms(&builder, p)
    let rest = builder.apply(.multiply, builder.apply(.subtract, builder.constant(1), y), high)
    return builder.negate(builder.apply(.multiplyAdd, y, low, rest))
}

/// ln p and ln(1 − p), no lower than −100.
private func logarithms(
    _ builder: inout ProgramBuilder, _ p: ProgramBuilder.Value
) -> (ProgramBuilder.Value, ProgramBuilder.Value) {
    let floor = builder.constant(-100)
    let low = builder.apply(.maximum, builder.apply(.log, p), floor)
    let high = builder.apply(.maximum, builder.apply(.log1p, builder.negate(p)), floor)
    return (low, high)
}
