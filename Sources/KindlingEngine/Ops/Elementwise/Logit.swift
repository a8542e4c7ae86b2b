// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln(x / (1 − x)), the inverse of the sigmoid: −∞ at 0, ∞ at 1, and NaN outside [0, 1].
    ///
    /// - Parameter margin: Cuts probabilities to margin … 1 − margin first, so that results are finite; 0 does not cut.
    ///   Refused outside 0 … 0.5. No gradient flows where it is cut.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     let score = probability.logit(margin: 1e-6)
    public func logit(margin: Double = 0) -> Tensor {
        guard margin >= 0, margin <= 0.5 else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "logit", "a margin of \(margin) is not within 0 ... 0.5",
                    remedy: "use a small one, 1e-6 say"), spec)
        }
        if margin == 0 { return elementwise(definition) }
        // Cut as real numbers: in integers the margin would be rounded away.
        let real = dtype.isFloatingPoint ? self : converted(to: .float32)
        return real.clamped(margin...(1 - margin)).elementwise(definition)
    }
}

private let definition = ElementwiseDefinition("logit", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.subtract, builder.apply(.log, x), builder.apply(.log1p, builder.negate(x)))
}
