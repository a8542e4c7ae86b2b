// SPDX-License-Identifier: Apache-2.0

/// Normalization to zero mean and unit variance: y = (x − mean) / √(variance + ε) · weight + bias; or its gradient.
///
/// Forward, inputs: x; weight, if weighted; bias, if biased. Outputs: y, mean, variance. Backward, inputs: the gradient
/// of y, x, mean, variance; weight, if weighted. Outputs: the gradient of x; of weight, if weighted; of bias, if biased.
/// All of one type, float32 or float64. The variance is the population's. Numbers for each group or column are `[…]` of
/// that length; with no elements at all, the gradients of weight and bias are 0.
public struct NormalizationRequest: Sendable, Hashable {
    /// What shares mean and variance.
    public enum Group: Sendable, Hashable {
        /// A channel of `[N, C, …]`, all operands of this shape row-major, or all channels-last; weight and bias `[C]`.
        case channel
        /// A row of `[R, L]`, row-major; weight and bias `[L]`.
        case row
        /// A row as above, of which no mean is taken off: mean is 0 and variance the mean square.
        case uncenteredRow
    }

    /// What shares mean and variance.
    public let group: Group
    /// Added to the variance.
    public let epsilon: Double
    /// Whether it is multiplied with a weight.
    public let weighted: Bool
    /// Whether a bias is added.
    public let biased: Bool
    /// Whether this is the gradient.
    public let backward: Bool

    /// Describes a normalization.
    public init(_ group: Group, epsilon: Double, weighted: Bool, biased: Bool, backward: Bool) {
        self.group = group
        self.epsilon = epsilon
        self.weighted = weighted
        self.biased = biased
        self.backward = backward
    }
}
