// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The number of singular values that are not zero, for matrices in the last two axes; int64, without gradient.
    ///
    /// `[…, m, n]` of float32 or float64 → `[…]`.
    /// - Parameter tolerance: The share of the largest singular value up to which others are taken for zero;
    ///   max(m, n) times the type's precision by default.
    ///
    ///     Tensor([[1.0, 2], [2, 4]]).matrixRank()       // 1
    ///
    /// Refused: other types, a tolerance outside 0 ... 1, and a matrix with NaN or infinity, by its place in the batch.
    public func matrixRank(tolerance: Double? = nil) -> Tensor {
        if let failure = refused("matrixRank", tolerance: tolerance) { return failure }
        guard Swift.min(rowCount, shape.last) > 0 else {
            return .zeros(Shape(batchSizes), dtype: .int64, on: device)
        }
        let values = detached().svd(for: "matrixRank").s
        guard !values.value.isPlaceholder else { return values }
        return (values .> smallestCounted(values, tolerance)).sum(over: -1)
    }
}
