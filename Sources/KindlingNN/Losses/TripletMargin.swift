// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// How far an anchor is from being nearer to its like than to another by a margin: PyTorch's `TripletMarginLoss`.
///
/// max(0, d(a, p) − d(a, n) + m) with d(a, b) = ‖a − b + ε‖ₚ over the last axis (Balntas and others 2016). Three tensors
/// `[…, D]` of one shape; no part of recipes, as it has no targets.
///
///     let loss = TripletMargin(margin: 0.2)
///     loss(anchors, positives: likes, negatives: others)
public struct TripletMargin: Sendable {
    /// m, above 0.
    public let margin: Double
    /// p of the distance, 1 or more.
    public let exponent: Double
    /// ε, 0 or more; keeps the gradient finite where vectors are equal.
    public let epsilon: Double
    /// Whether d(p, n) counts where it is smaller than d(a, n).
    public let swapping: Bool
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; numbers out of range are refused when it is computed.
    public init(
        margin: Double = 1, exponent: Double = 2, epsilon: Double = 1e-6, swapping: Bool = false,
        reduction: LossReduction = .mean
    ) {
        self.margin = margin
        self.exponent = exponent
        self.epsilon = epsilon
        self.swapping = swapping
        self.reduction = reduction
    }

    /// The loss of a batch of triplets.
    public func callAsFunction(_ anchors: Tensor, positives: Tensor, negatives: Tensor) -> Tensor {
        anchors.tripletMarginLoss(
            positives: positives, negatives: negatives, margin: margin, exponent: exponent, epsilon: epsilon,
            swapping: swapping, reduction: reduction)
    }
}
