// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// How often each whole number from 0 on occurs, or the sum of the weights where it does: `[count]`.
    ///
    ///     Tensor([0, 2, 2] as [Int]).binCounts()       // [1, 0, 2]
    ///
    /// Whole numbers of any shape → int64, or the weights' type; whole numbers are added exactly up to 2⁵³. The gradient
    /// flows to the weights. Reads the smallest and largest number, which waits for the device and is an error on
    /// `meta`. Refuses real numbers, negative ones, and those from `count` on.
    /// - Parameters:
    ///   - count: How many bins; one more than the largest number when nil.
    ///   - weights: What each element counts for, of the same shape; 1 when nil.
    public func binCounts(count: Int? = nil, weights: Tensor? = nil) -> Tensor {
        noting { () throws(TensorError) in
            if let weights, weights.value.isPlaceholder { return weights }
            try requireWholeNumbers("binCounts")
            if let weights {
                try requireDevice(of: weights, "binCounts")
                try requireShape(shape, of: weights, "binCounts", "weights")
            }
            let numbers = converted(to: .int64)
            let ends =
                try elementCount == 0 ? [0, -1] : Tensor.stacked([numbers.min(), numbers.max()]).array(of: Int.self)
            let bins = count ?? ends[1] &+ 1
            guard ends[0] >= 0, ends[1] < bins, bins >= 0, bins <= 1 << 40 else {
                throw TensorError(
                    .invalidValue, operation: "binCounts",
                    "numbers from \(ends[0]) to \(ends[1]) do not fit \(bins) bins",
                    remedy: "give numbers of 0 or more, and more bins than the largest")
            }
            let type = weights.map { $0.dtype.isFloatingPoint ? $0.dtype : .float64 } ?? .float64
            let parts = weights?.converted(to: type) ?? .ones(shape, dtype: type, on: device)
            let sums = parts.summed(at: numbers, count: bins)
            return weights?.dtype.isFloatingPoint == true ? sums : sums.converted(to: .int64)
        }
    }

    /// How many elements lie in each of equal bins that divide a range: int64 `[bins]`, as PyTorch's `histc`.
    ///
    ///     Tensor([0.1, 0.4, 0.5, 1.0]).histogram(bins: 2, within: 0...1)     // [2, 2]
    ///
    /// A bin has its lower bound and not its upper one, but the last one has both. Elements outside, and NaN, are in
    /// none. Any type and shape; no gradient flows. Refuses fewer than 1 bin and a range that is not finite or empty.
    /// - Parameters:
    ///   - bins: How many.
    ///   - range: From the lower bound of the first one to the upper one of the last.
    public func histogram(bins: Int, within range: ClosedRange<Double>) -> Tensor {
        noting { () throws(TensorError) in
            let width = range.upperBound - range.lowerBound
            guard bins >= 1, bins <= 1 << 40, width.isFinite, width > 0 else {
                throw TensorError(
                    .invalidValue, operation: "histogram", "\(range) does not fall into \(bins) bins",
                    remedy: "give at least 1 bin, and a finite range with a width")
            }
            let x = detached().converted(to: dtype.isFloatingPoint ? statisticsType : .float64)
            let inside = (x .>= range.lowerBound) .& (x .<= range.upperBound)
            let places = ((x - range.lowerBound) / width * Double(bins)).floor().minimum(Double(bins - 1))
            let outside = Tensor.full([], Double(bins), dtype: x.dtype, on: device)
            let parts = Tensor.ones(shape, dtype: .float64, on: device)
            let counts = parts.summed(
                at: places.selected(where: inside, else: outside).converted(to: .int64), count: bins + 1)
            return counts.sliced(0..<bins).converted(to: .int64)
        }
    }
}
