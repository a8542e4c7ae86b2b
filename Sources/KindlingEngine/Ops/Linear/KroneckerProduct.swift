// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Kronecker's product: every element of this tensor times the whole other one, as blocks.
    ///
    ///     a.kronecker(b)      // [2, 3] and [4, 5] → [8, 15]
    ///
    /// Sizes multiply axis by axis; the shorter shape gets leading axes of size 1. Types promote. More than four axes
    /// are refused.
    public func kronecker(_ other: Tensor) -> Tensor {
        if other.value.isPlaceholder { return other }
        return noting { () throws(TensorError) in
            let axes = Swift.max(rank, other.rank)
            guard axes <= Shape.maximumRank / 2 else {
                throw TensorError(
                    .shapeMismatch, operation: "kronecker",
                    "shapes \(shape) and \(other.shape) have more than \(Shape.maximumRank / 2) axes")
            }
            let mine = Array(repeating: 1, count: axes - rank) + shape.dimensions
            let theirs = Array(repeating: 1, count: axes - other.rank) + other.shape.dimensions
            let product =
                reshaped(to: Shape(mine.flatMap { [$0, 1] }))
                * other.reshaped(to: Shape(theirs.flatMap { [1, $0] }))
            return product.reshaped(to: Shape(zip(mine, theirs).map { $0 &* $1 }))
        }
    }
}
