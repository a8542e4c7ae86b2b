// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// max(0, m − y · x) for classes y of −1 and 1: the loss of support vector machines (Cortes and Vapnik 1995).
    ///
    ///     Tensor([0.3, -2]).hingeLoss(Tensor([1.0, -1.0]))
    /// - Parameters:
    ///   - targets: −1 or 1, of this tensor's shape.
    ///   - margin: m, 1 by default.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ, scores of whole numbers and
    ///   a margin that is not finite.
    public func hingeLoss(_ targets: Tensor, margin: Double = 1, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("hingeLoss", targets, reduction) { targets throws(TensorError) in
            try requireNumber(margin, "hingeLoss", "a margin", "a finite number") { _ in true }
            return (margin - self * targets).relu()
        }
    }

    /// max(0, m − y · (a − b)): how far `self` is from outranking `other` where y is 1, and the reverse where it is −1.
    ///
    ///     Tensor([0.3]).marginRankingLoss(Tensor([0.5]), Tensor([1.0]))
    /// - Parameters:
    ///   - other: Of this tensor's shape.
    ///   - targets: −1 or 1, of this tensor's shape.
    ///   - margin: m, 0 by default.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ, scores of whole numbers and
    ///   a margin that is not finite.
    public func marginRankingLoss(
        _ other: Tensor, _ targets: Tensor, margin: Double = 0, reduction: LossReduction = .mean
    ) -> Tensor {
        let name = "marginRankingLoss"
        return .composed([self, other, targets]) { () throws(TensorError) in
            try requireShape(shape, of: other, name, "other scores")
            try requireNumber(margin, name, "a margin", "a finite number") { _ in true }
            let x = prepared(for: name)
            return pairwiseLoss(name, targets, reduction) {
                (margin - $0 * (x - other.converted(to: x.dtype))).relu()
            }
        }
    }

    /// max(0, d(a, p) − d(a, n) + m): an anchor shall be nearer to its like than to another by the margin.
    ///
    /// d(a, b) = ‖a − b + ε‖ₚ over the last axis (Balntas and others 2016).
    ///
    ///     anchors.tripletMarginLoss(positives: likes, negatives: others, margin: 0.2)
    /// - Parameters:
    ///   - positives: Of this tensor's shape `[…, D]`.
    ///   - negatives: Of this tensor's shape.
    ///   - margin: m, above 0.
    ///   - exponent: p of the distance, 1 or more.
    ///   - epsilon: ε, 0 or more; keeps the gradient finite where vectors are equal.
    ///   - swapping: Whether d(p, n) counts where it is smaller than d(a, n).
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[…]` with `.none`. Refuses shapes that differ, scalars, vectors of whole numbers and
    ///   numbers out of range.
    public func tripletMarginLoss(
        positives: Tensor, negatives: Tensor, margin: Double = 1, exponent: Double = 2, epsilon: Double = 1e-6,
        swapping: Bool = false, reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, positives, negatives]) { () throws(TensorError) in
            let name = "tripletMarginLoss"
            try requireReal(name, "vectors")
            try requireVectors(name)
            try requireShape(shape, of: positives, name, "positives")
            try requireShape(shape, of: negatives, name, "negatives")
            try requireNumber(margin, name, "a margin", "a positive number") { $0 > 0 }
            try requireNumber(exponent, name, "an exponent", "a number of 1 or more") { $0 >= 1 }
            try requireNumber(epsilon, name, "an epsilon", "a number of 0 or more") { $0 >= 0 }
            let x = prepared(for: name)
            let (near, far) = (positives.converted(to: x.dtype), negatives.converted(to: x.dtype))
            var away = x.distance(to: far, exponent, epsilon)
            if swapping { away = away.minimum(near.distance(to: far, exponent, epsilon)) }
            return (x.distance(to: near, exponent, epsilon) - away + margin).relu().reduced(by: reduction)
        }
    }

    func requireVectors(_ operation: String) throws(TensorError) {
        guard rank == 0 else { return }
        throw TensorError(.shapeMismatch, operation: operation, "a scalar is no vector", remedy: "give […, D]")
    }

    /// ‖x − y + ε‖ₚ over the last axis.
    private func distance(to other: Tensor, _ exponent: Double, _ epsilon: Double) -> Tensor {
        let difference = self - other + epsilon
        if exponent == 1 { return difference.abs().sum(over: -1) }
        if exponent == 2 { return difference.squared().sum(over: -1).squareRoot() }
        return difference.abs().power(exponent).sum(over: -1).power(1 / exponent)
    }
}
