// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Stretches of one size along an axis, each a step on from the one before, as PyTorch's `unfold`.
    ///
    ///     Tensor([1, 2, 3, 4]).slidingWindows(size: 2)        // [[1, 2], [2, 3], [3, 4]]
    ///
    /// An axis of n elements becomes one of ⌊(n − size) / step⌋ + 1 windows; the windows' elements are a new last axis.
    /// What is left at the end is in no window. Any type; elements are copied. Refuses an axis that does not exist, a
    /// step below 1 and a size outside 1 … n.
    /// - Parameters:
    ///   - size: How many elements a window has.
    ///   - step: From the start of one window to that of the next.
    ///   - axis: Along which the windows lie.
    public func slidingWindows(size: Int, step: Int = 1, along axis: Int = -1) -> Tensor {
        noting { () throws(TensorError) in
            let place = try place(ofAxis: axis, "slidingWindows")
            guard size >= 1, size <= shape[place], step >= 1 else {
                throw TensorError(
                    .invalidValue, operation: "slidingWindows",
                    "windows of \(size) with step \(step) do not fit axis \(place) of shape \(shape)",
                    remedy: "give a size in 1 ... \(shape[place]) and a step of at least 1")
            }
            let count = (shape[place] - size) / step + 1
            let starts = Tensor.indices(count, on: device).reshaped(to: [count, 1])
            let places = (count == 1 ? starts : starts * step) + Tensor.indices(size, on: device)
            return gathered(at: places, along: place).movingAxis(place + 1, to: -1)
        }
    }
}
