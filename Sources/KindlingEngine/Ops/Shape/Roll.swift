// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The elements shifted along an axis; what leaves at one end comes back at the other.
    ///
    ///     Tensor([1, 2, 3]).rolled(by: 1)     // 3, 1, 2
    ///
    /// Element i goes to (i + shift) mod size. Same shape, any type. An axis that does not exist is refused.
    public func rolled(by shift: Int, along axis: Int = 0) -> Tensor {
        noting { () throws(TensorError) in
            let place = try place(ofAxis: axis, "roll")
            let size = shape[place]
            guard size > 1, shift % size != 0 else { return self }
            let cut = shift % size > 0 ? size - shift % size : -(shift % size)
            return .concatenated(
                [sliced(cut..<size, along: place), sliced(0..<cut, along: place)], along: place)
        }
    }
}
