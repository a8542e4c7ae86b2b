// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cross-entropy of sigmoid(x) that counts elements the less, the surer they are (Lin and others 2017).
    ///
    /// α_t · (1 − p_t)^γ · −ln p_t, where p_t is the probability of the right answer, and α_t is α for targets of 1 and
    /// 1 − α for targets of 0.
    ///
    ///     Tensor([0.5, -2]).focalLoss(Tensor([1.0, 0.0]))
    /// - Parameters:
    ///   - targets: Between 0 and 1, of the logits' shape, any type.
    ///   - alpha: α, 0 ... 1; nil for equal weights.
    ///   - gamma: γ, 0 or more.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or the logits' shape with `.none`. Refuses shapes that differ, logits of whole numbers and
    ///   numbers out of range.
    public func focalLoss(
        _ targets: Tensor, alpha: Double? = 0.25, gamma: Double = 2, reduction: LossReduction = .mean
    ) -> Tensor {
        pairwiseLoss("focalLoss", targets, reduction) { targets throws(TensorError) in
            if let alpha {
                try requireNumber(alpha, "focalLoss", "an alpha", "within 0 ... 1") { (0...1).contains($0) }
            }
            try requireNumber(gamma, "focalLoss", "a gamma", "a number of 0 or more") { $0 >= 0 }
            return elementwise(
                focal, targets, parameters: [gamma, alpha.map { 2 * $0 - 1 } ?? 0, alpha.map { 1 - $0 } ?? 1])
        }
    }

    /// 1 − (2 Σ p y + s) / (Σ p + Σ y + s) for each sample: how little a mask overlaps with its target.
    ///
    /// Sums run over all axes but the first (Milletari and others 2016, with plain sums in the divisor).
    ///
    ///     logits.sigmoid().diceLoss(masks)      // [N, H, W]
    /// - Parameters:
    ///   - targets: Masks between 0 and 1, of this tensor's shape, any type.
    ///   - smoothing: s, 0 or more; gives empty masks a loss of 0.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N]` with `.none`. Refuses shapes that differ, scalars, masks of whole numbers and a
    ///   negative smoothing.
    public func diceLoss(_ targets: Tensor, smoothing: Double = 1, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("diceLoss", targets, reduction) { targets throws(TensorError) in
            try requireNumber(smoothing, "diceLoss", "a smoothing", "a number of 0 or more") { $0 >= 0 }
            guard rank > 0 else {
                throw TensorError(
                    .shapeMismatch, operation: "diceLoss", "a scalar is no batch of masks", remedy: "give [N, …]")
            }
            let pixels = shape.dimensions.dropFirst().reduce(1, *)
            let (p, y) = (reshaped(to: [shape[0], pixels]), targets.reshaped(to: [shape[0], pixels]))
            let overlap = (p * y).sum(over: 1) * 2.0 + smoothing
            return 1.0 - overlap / (p.sum(over: 1) + y.sum(over: 1) + smoothing)
        }
    }
}

/// Parameters: γ, and the slope and start of α_t over the target.
private let focal = ElementwiseDefinition("focalLoss", .promoted, inputs: 2, parameters: 3) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    let one = builder.constant(1)
    let rest = builder.apply(.subtract, one, y)
    let entropy = builder.apply(.multiplyAdd, rest, x, builder.apply(.softplus, builder.negate(x)))
    // 1 − p_t, from both sides so that small numbers stay exact.
    let high = builder.apply(.multiply, builder.apply(.sigmoid, x), rest)
    let miss = builder.apply(.multiplyAdd, builder.apply(.sigmoid, builder.negate(x)), y, high)
    // A power of 0 with an exponent below 1 has no finite slope.
    let base = builder.apply(.maximum, miss, builder.constant(1e-30))
    let factor = builder.apply(.power, base, builder.parameter(0))
    let alpha = builder.apply(.multiplyAdd, builder.parameter(1), y, builder.parameter(2))
    return builder.apply(.multiply, alpha, builder.apply(.multiply, factor, entropy))
}
