// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// Minus the log-likelihood of targets under normal distributions: PyTorch's `GaussianNLLLoss`.
///
/// ½ (ln v + (x − y)² / v) with v = max(variance, ε); the full form adds ½ ln 2π (Nix and Weigend 1994). Means and targets
/// of one shape, variances that broadcast to it.
///
///     GaussianNegativeLogLikelihood()(means, targets, variances: logVariances.exp())
public struct GaussianNegativeLogLikelihood: Sendable {
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
}
