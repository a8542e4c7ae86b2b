// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The elements in reverse order along the axes named, along all when none is.
    ///
    ///     x.flipped(over: -1)     // [[1, 2], [3, 4]] → [[2, 1], [4, 3]]
    ///
    /// Same shape, any type; a copy for each axis. Axes that do not exist, or named twice, are refused.
    public func flipped(over axes: Int...) -> Tensor { flipped(overAxes: axes) }

    func flipped(overAxes axes: [Int]) -> Tensor {
        noting { () throws(TensorError) in
            let places = axes.isEmpty ? Array(0..<rank) : try places(ofAxes: axes, "flip")
            return places.reduce(self) { flipped, axis in
                let last = shape[axis] - 1
                return last < 1 ? flipped : flipped.gathered(at: last - .indices(last + 1, on: device), along: axis)
            }
        }
    }
}
