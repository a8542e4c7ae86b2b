// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Without the axes named, which must have size 1; without all of size 1 when none is named.
    ///
    ///     x.squeezed()        // [2, 1, 3, 1] → [2, 3]
    ///     x.squeezed(-1)      // [2, 1, 3, 1] → [2, 1, 3]
    ///
    /// No elements move. Any type. An axis of another size is refused.
    public func squeezed(_ axes: Int...) -> Tensor {
        noting { () throws(TensorError) in
            let places = axes.isEmpty ? (0..<rank).filter { shape[$0] == 1 } : try places(ofAxes: axes, "squeeze")
            for place in places where shape[place] != 1 {
                throw TensorError(
                    .shapeMismatch, operation: "squeeze", "axis \(place) of shape \(shape) has size \(shape[place])",
                    remedy: "only axes of size 1 can go away; pick one index, or reduce over it")
            }
            return reshaped(to: Shape((0..<rank).filter { !places.contains($0) }.map { shape[$0] }))
        }
    }
}
