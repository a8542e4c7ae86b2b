// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The elements in order along an axis, and where each came from.
    ///
    /// Equal elements stay in the order of their places. NaN counts as larger than every number: it comes last, or
    /// first when descending, as in PyTorch. The gradient flows back to the places; the indices are int64. Both have
    /// the input's shape. An axis that does not exist is an error.
    ///
    ///     let (values, indices) = Tensor([3, 1, 2]).sorted(along: 0)   // [1, 2, 3], [1, 2, 0]
    public func sorted(along axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "sorted")
            return ordered("sorted", axis: axis, count: shape[axis], descending: descending)
        } catch { return (.failed(error, spec), .failed(error, TensorSpec(shape: shape, dtype: .int64))) }
    }

    /// The places of the elements in order along an axis, int64; no gradient flows.
    ///
    /// The order is that of ``sorted(along:descending:)``.
    ///
    ///     Tensor([3, 1, 2]).argsort(along: 0)      // [1, 2, 0]
    public func argsort(along axis: Int = -1, descending: Bool = false) -> Tensor {
        do throws(TensorError) {
            let resolved = try resolved(axis: axis, "argsort")
            let rows = resolved == rank - 1 ? detached() : detached().transposed(resolved, -1)
            let places = rows.sortedPlaces("argsort", count: shape[resolved], descending: descending)
            return resolved == rank - 1 ? places : places.transposed(resolved, -1)
        } catch { return .failed(error, TensorSpec(shape: shape, dtype: .int64)) }
    }

    /// The `count` largest or smallest elements along an axis, in order, and where each came from.
    ///
    /// Of equal elements the earlier comes first; NaN counts as larger than every number. The gradient flows back to
    /// the places. Both results have the input's shape with `count` elements along the axis. An axis that does not
    /// exist, or a count outside 0 … its size, is an error.
    ///
    ///     Tensor([3, 1, 2]).topK(2, along: 0).values       // [3, 2]
    public func topK(
        _ count: Int, along axis: Int = -1, largest: Bool = true
    ) -> (values: Tensor, indices: Tensor) {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "topK")
            guard value.isPlaceholder || (0...shape[axis]).contains(count) else {
                throw TensorError(
                    .invalidValue, operation: "topK",
                    "\(count) elements cannot be taken from \(shape[axis]) along axis \(axis) of shape \(shape)",
                    remedy: "take 0 ... \(shape[axis])")
            }
            return ordered("topK", axis: axis, count: count, descending: largest)
        } catch { return (.failed(error, spec), .failed(error, TensorSpec(shape: shape, dtype: .int64))) }
    }
}
