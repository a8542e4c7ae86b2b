// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A⁻¹, for square matrices in the last two axes.
    ///
    /// `[…, n, n]` → `[…, n, n]`, float32 or float64. Prefer ``solve(_:)`` to a product with an inverse: it is faster and
    /// more exact.
    ///
    ///     let a = Tensor([[2.0, 0], [0, 4]])
    ///     a.inverse()         // [[0.5, 0], [0, 0.25]]
    ///
    /// Refused: matrices that are not square, other types, and a singular matrix, by its place in the batch.
    public func inverse() -> Tensor {
        if let result = suspendingPrecision("inverse", { $0.inverse() }) { return result }
        return refused("inverse", square: true) ?? dispatch(LinearSolve(name: "inverse"), [self, identity(rowCount)])
    }
}
