// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Minus the log-likelihood of counts under a Poisson distribution, without what does not depend on the prediction.
    ///
    /// eˣ − y · x for predicted logarithms, x − y · ln(x + ε) for predicted rates; the full form adds Stirling's
    /// y ln y − y + ½ ln(2π y) for y > 1.
    ///
    ///     Tensor([0.5]).poissonNegativeLogLikelihood(Tensor([2.0]))
    /// - Parameters:
    ///   - targets: Counts of this tensor's shape, any type.
    ///   - logInput: Whether predictions are logarithms of rates.
    ///   - full: Whether Stirling's term is added.
    ///   - epsilon: ε, above 0; used for rates only.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ, predictions of whole
    ///   numbers and an ε out of range.
    public func poissonNegativeLogLikelihood(
        _ targets: Tensor, logInput: Bool = true, full: Bool = false, epsilon: Double = 1e-8,
        reduction: LossReduction = .mean
    ) -> Tensor {
        pairwiseLoss("poissonNegativeLogLikelihood", targets, reduction) { targets throws(TensorError) in
            try requireNumber(epsilon, "poissonNegativeLogLikelihood", "an epsilon", "a positive number") { $0 > 0 }
            let losses =
                logInput ? elementwise(ofLogarithms, targets) : elementwise(ofRates, targets, parameters: [epsilon])
            return full ? losses + targets.elementwise(stirling) : losses
        }
    }

    /// Minus the log-likelihood of targets under normal distributions of these means (Nix and Weigend 1994).
    ///
    /// ½ (ln v + (x − y)² / v) with v = max(variance, ε); the full form adds ½ ln 2π.
    ///
    ///     means.gaussianNegativeLogLikelihood(targets, variances: logVariances.exp())
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - variances: Broadcast to this tensor's shape.
    ///   - full: Whether the constant is added.
    ///   - epsilon: ε, the smallest variance, above 0.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that do not fit, means of whole numbers
    ///   and an ε out of range.
    public func gaussianNegativeLogLikelihood(
        _ targets: Tensor, variances: Tensor, full: Bool = false, epsilon: Double = 1e-6,
        reduction: LossReduction = .mean
    ) -> Tensor {
        let name = "gaussianNegativeLogLikelihood"
        return .composed([self, targets, variances]) { () throws(TensorError) in
            try variances.requireBroadcast(to: shape, name, "variances")
            try requireNumber(epsilon, name, "an epsilon", "a positive number") { $0 > 0 }
            return pairwiseLoss(name, targets, reduction) { targets in
                let constant = full ? 0.9189385332046727 : 0
                return dispatch(
                    Elementwise(definition: gaussian, parameters: [epsilon, constant], dtype: nil),
                    [self, targets, variances.converted(to: targets.dtype)])
            }
        }
    }
}

private let ofLogarithms = ElementwiseDefinition("poissonNegativeLogLikelihood", .promoted, inputs: 2) { builder in
    let x = builder.input(0)
    return builder.apply(.subtract, builder.apply(.exp, x), builder.apply(.multiply, builder.input(1), x))
}

private let ofRates = ElementwiseDefinition(
    "poissonNegativeLogLikelihood", .promoted, inputs: 2, parameters: 1
) { builder in
    let x = builder.input(0)
    let logarithm = builder.apply(.log, builder.apply(.add, x, builder.parameter(0)))
    return builder.apply(.subtract, x, builder.apply(.multiply, builder.input(1), logarithm))
}

/// Stirling's approximation of ln y!, for y > 1.
private let stirling = ElementwiseDefinition("poissonNegativeLogLikelihood", .promoted, inputs: 1) { builder in
    let y = builder.input(0)
    let counts = builder.apply(.less, builder.constant(1), y)
    let safe = builder.apply(.select, counts, y, builder.constant(1))
    let logarithm = builder.apply(.log, safe)
    let half = builder.scale(builder.apply(.log, builder.scale(safe, 2 * .pi)), 0.5)
    let main = builder.apply(.subtract, builder.apply(.multiply, safe, logarithm), safe)
    return builder.apply(.select, counts, builder.apply(.add, main, half), builder.constant(0))
}

private let gaussian = ElementwiseDefinition(
    "gaussianNegativeLogLikelihood", .promoted, inputs: 3, parameters: 2
) { builder in
    let variance = builder.apply(.maximum, builder.input(2), builder.parameter(0))
    let squares = builder.apply(.square, builder.apply(.subtract, builder.input(0), builder.input(1)))
    let sum = builder.apply(.add, builder.apply(.log, variance), builder.apply(.divide, squares, variance))
    return builder.apply(.add, builder.scale(sum, 0.5), builder.parameter(1))
}
