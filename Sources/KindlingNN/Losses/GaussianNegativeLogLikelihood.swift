// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Minus the log-likelihood of targets under normal distributions: PyTorch's `GaussianNLLLoss`.
///
/// ½ (ln v + (x − y)² / v) with v = max(variance, ε); the full form adds ½ ln 2π (Nix and Weigend 1994). Means and targets
/// of one shape, variances that broadcast to it.
///
///     GaussianNegativeLogLikelihood()(means, targets, variances: logVariances.exp())
///
/// As a ``Loss``, and in recipes, it takes outputs with means in the first half of the last axis and logarithms of
/// variances in the second.
public struct GaussianNegativeLogLikelihood: Loss {
    /// Whether the constant is added.
    public let full: Bool
    /// ε, the smallest variance, above 0.
    public let epsilon: Double
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; an ε out of range is refused when it is computed.
    public init(full: Bool = false, epsilon: Double = 1e-6, reduction: LossReduction = .mean) {
        self.full = full
        self.epsilon = epsilon
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ means: Tensor, _ targets: Tensor, variances: Tensor) -> Tensor {
        means.gaussianNegativeLogLikelihood(
            targets, variances: variances, full: full, epsilon: epsilon, reduction: reduction)
    }

    /// The loss of a batch whose outputs hold both.
    /// - Parameters:
    ///   - outputs: `[…, 2 D]`: means, then logarithms of variances.
    ///   - targets: `[…, D]`.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        .composed([outputs, targets]) { () throws(TensorError) in
            try outputs.requireReal("GaussianNegativeLogLikelihood", "outputs")
            guard outputs.rank >= 1, outputs.shape.last.isMultiple(of: 2) else {
                throw TensorError(
                    .shapeMismatch, operation: "GaussianNegativeLogLikelihood",
                    "outputs of shape \(outputs.shape) are not means and as many logarithms of variances",
                    remedy: "give twice as many outputs as targets")
            }
            let width = outputs.shape.last / 2
            let parts = outputs.split(into: [width, width], along: -1)
            guard parts.count == 2 else { return outputs }  // The mistake is noted.
            return self(parts[0], targets, variances: parts[1].exp())
        }
    }

    static let component = Component<any Loss>(
        "GaussianNegativeLogLikelihood", "Minus the log-likelihood of targets; outputs are means, then log-variances.",
        Field("full", default: false, "Whether the constant is added."),
        Field("epsilon", default: 1e-6, in: .positive, "The smallest variance."), LossReduction.field
    ) { full, epsilon, reduction in
        GaussianNegativeLogLikelihood(full: full, epsilon: epsilon, reduction: try reduction.oneNumber())
    }
}
