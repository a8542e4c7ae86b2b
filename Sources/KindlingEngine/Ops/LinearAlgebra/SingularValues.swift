// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The singular values of matrices in the last two axes, falling.
    ///
    /// `[…, m, n]` → `[…, min(m, n)]`, float32 or float64. The gradient, U diag(g) Vᵀ, exists for equal values too.
    ///
    ///     let norm = a.singularValues().max()      // the spectral norm
    ///
    /// Refused: other types, and a matrix with NaN or infinity, by its place in the batch.
    public func singularValues() -> Tensor { svd(for: "singularValues").s }

    /// What `matrixRank` and `pseudoInverse` take for zero: `tolerance` times the largest value; `[…, 1]`.
    func smallestCounted(_ values: Tensor, _ tolerance: Double?) -> Tensor {
        let precision = dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
        let share = tolerance ?? precision * Double(Swift.max(rowCount, shape.last))
        return values.sliced(0..<1, along: -1) * share
    }

    /// Refuses a tolerance that is no share.
    func refused(_ operation: String, tolerance: Double?) -> Tensor? {
        if let failure = refused(operation) { return failure }
        guard let tolerance, !(tolerance >= 0 && tolerance <= 1) else { return nil }
        return .failed(
            TensorError(
                .invalidValue, operation: operation, "a tolerance of \(tolerance) is not within 0 ... 1",
                remedy: "give a share of the largest singular value"), spec)
    }
}
