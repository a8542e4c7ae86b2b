// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// One axis moved to another place, the others keeping their order; no elements move.
    ///
    ///     pictures.movingAxis(1, to: -1)      // channels last
    ///
    /// Any type. Axes that the tensor does not have are refused.
    public func movingAxis(_ axis: Int, to place: Int) -> Tensor {
        noting { () throws(TensorError) in
            let from = try self.place(ofAxis: axis, "movingAxis")
            let target = try self.place(ofAxis: place, "movingAxis")
            var order = Array(0..<rank)
            order.remove(at: from)
            order.insert(from, at: target)
            return permuted(order: order)
        }
    }
}
