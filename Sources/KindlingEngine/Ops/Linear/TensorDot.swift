// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Products summed over pairs of axes, as NumPy's `tensordot`: what is left of this tensor's axes, then the other's.
    ///
    ///     a.tensorDot(b, over: [1, 2], and: [0, 1])       // [2, 3, 4] and [3, 4, 5] → [2, 5]
    ///
    /// Axis `over[i]` runs with the other's `and[i]`; both have one size. Types promote. Axes that do not exist or are
    /// named twice, lists of different lengths and sizes that differ are refused.
    public func tensorDot(_ other: Tensor, over axes: [Int], and others: [Int]) -> Tensor {
        if other.value.isPlaceholder { return other }
        return noting { () throws(TensorError) in
            let mine = try places(ofAxes: axes, "tensorDot")
            let theirs = try other.places(ofAxes: others, "tensorDot")
            guard mine.count == theirs.count, zip(mine, theirs).allSatisfy({ shape[$0] == other.shape[$1] }) else {
                throw TensorError(
                    .shapeMismatch, operation: "tensorDot",
                    "axes \(axes) of shape \(shape) do not fit axes \(others) of shape \(other.shape)",
                    remedy: "name as many axes of each, of equal sizes")
            }
            let left = Array(0..<rank)
            var right = (0..<other.rank).map { rank + $0 }
            for (a, b) in zip(mine, theirs) { right[b] = a }
            let output = left.filter { !mine.contains($0) } + right.filter { $0 >= rank }
            return try Contraction(operation: "tensorDot") { "axis \($0)" }.run(
                [self, other], [left, right], output: output)
        }
    }

    /// Products summed over this tensor's last axes and the other's first ones, so many of each.
    ///
    ///     a.tensorDot(b, axes: 1)     // for matrices, their product
    ///
    /// By default 2; 0 gives the products of all elements with all. More axes than there are, and sizes that differ, are
    /// refused.
    public func tensorDot(_ other: Tensor, axes count: Int = 2) -> Tensor {
        if other.value.isPlaceholder { return other }
        return noting { () throws(TensorError) in
            guard count >= 0, count <= Swift.min(rank, other.rank) else {
                throw TensorError(
                    .invalidAxis, operation: "tensorDot",
                    "shapes \(shape) and \(other.shape) do not both have \(count) axes",
                    remedy: "give a number in 0 ... \(Swift.min(rank, other.rank))")
            }
            return tensorDot(other, over: Array(rank - count..<rank), and: Array(0..<count))
        }
    }

    /// The sum of the products of two tensors of one axis: `[N]` and `[N]` → `[]`.
    ///
    ///     Tensor([1, 2]).dot(Tensor([3, 4]))      // 11
    ///
    /// Types promote. Other shapes are refused.
    public func dot(_ other: Tensor) -> Tensor {
        ofVectors("dot", other, equal: true) { $0.tensorDot($1, axes: 1) }
    }

    /// The products of all elements of two tensors of one axis: `[N]` and `[M]` → `[N, M]`.
    ///
    ///     Tensor([1, 2]).outer(Tensor([3, 4]))    // [[3, 4], [6, 8]]
    ///
    /// Types promote. Other shapes are refused.
    public func outer(_ other: Tensor) -> Tensor {
        ofVectors("outer", other, equal: false) { $0.tensorDot($1, axes: 0) }
    }

    /// The sums of products over both last axes, as NumPy's `inner`: `[…, N]` and `[---, N]` → `[…, ---]`.
    ///
    ///     a.inner(b)      // for matrices a bᵀ
    ///
    /// A scalar multiplies all elements. Types promote. Last sizes that differ are refused.
    public func inner(_ other: Tensor) -> Tensor {
        rank == 0 || other.rank == 0 ? self * other : tensorDot(other, over: [-1], and: [-1])
    }

    private func ofVectors(_ operation: String, _ other: Tensor, equal: Bool, _ body: (Tensor, Tensor) -> Tensor)
        -> Tensor
    {
        if other.value.isPlaceholder { return other }
        return noting { () throws(TensorError) in
            guard rank == 1, other.rank == 1, !equal || shape == other.shape else {
                throw TensorError(
                    .shapeMismatch, operation: operation, "shapes \(shape) and \(other.shape) do not fit",
                    remedy: "give tensors of one axis\(equal ? " and one size" : ""); for others there is tensorDot")
            }
            return body(self, other)
        }
    }
}
