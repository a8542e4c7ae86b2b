// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// exp(−x) / Σ exp(−x) along an axis: the softmax of the negatives, largest where x is smallest.
    ///
    /// Refuses what ``softmax(over:)`` does: axes that do not exist, and integers.
    ///
    ///     let weights = distances.softmin()   // rows of positive numbers that sum to one
    public func softmin(over axis: Int = -1) -> Tensor { (-self).softmax(over: axis) }
}
