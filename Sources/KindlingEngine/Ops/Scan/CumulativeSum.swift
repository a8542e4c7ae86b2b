// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The sums of the elements so far along an axis: y_i = Σ_{j≤i} x_j.
    ///
    /// Output: the input's shape and type; int64 for integers and bool. Real numbers are summed in float64 and rounded
    /// when stored. An axis that does not exist is an error.
    ///
    ///     Tensor([1, 2, 3]).cumulativeSum(along: 0)                    // [1, 3, 6]
    ///     Tensor([1, 2, 3]).cumulativeSum(along: 0, exclusive: true)   // [0, 1, 3]
    /// - Parameter reversed: Whether the sums begin at the axis' end: Σ_{j≥i} x_j.
    /// - Parameter exclusive: Whether an element's own number is left out: Σ_{j<i} x_j.
    public func cumulativeSum(along axis: Int, reversed: Bool = false, exclusive: Bool = false) -> Tensor {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "cumulativeSum")
            return scanned("cumulativeSum", .sum, axis, reverse: reversed, exclusive: exclusive)
        } catch { return .failed(error, spec) }
    }
}
