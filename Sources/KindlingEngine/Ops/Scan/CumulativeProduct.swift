// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The products of the elements so far along an axis: y_i = ∏_{j≤i} x_j.
    ///
    /// Output: the input's shape and type; int64 for integers and bool. Gradients of every order are right where
    /// elements are 0 too, and take time in proportion to the elements. An axis that does not exist is an error.
    ///
    ///     Tensor([1, 2, 3]).cumulativeProduct(along: 0)                    // [1, 2, 6]
    ///     Tensor([1, 2, 3]).cumulativeProduct(along: 0, reversed: true)    // [6, 6, 3]
    /// - Parameter reversed: Whether the products begin at the axis' end: ∏_{j≥i} x_j.
    /// - Parameter exclusive: Whether an element's own number is left out: ∏_{j<i} x_j.
    public func cumulativeProduct(along axis: Int, reversed: Bool = false, exclusive: Bool = false) -> Tensor {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "cumulativeProduct")
            return scanned("cumulativeProduct", .product, axis, reverse: reversed, exclusive: exclusive)
        } catch { return .failed(error, spec) }
    }
}
