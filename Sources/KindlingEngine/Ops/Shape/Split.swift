// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Consecutive stretches of the sizes given along an axis, without copying.
    ///
    ///     x.split(into: [1, 3])       // [4, 2] → [1, 2] and [3, 2]
    ///
    /// Any type. The sizes must be 0 or more and add up to the axis' size.
    public func split(into sizes: [Int], along axis: Int = 0) -> [Tensor] {
        notingParts(sizes.count) { () throws(TensorError) in
            let place = try place(ofAxis: axis, "split")
            var start = 0
            var ranges: [Range<Int>] = []
            for size in sizes where size >= 0 && size <= shape[place] - start {
                ranges.append(start..<start + size)
                start += size
            }
            guard ranges.count == sizes.count, start == shape[place] else {
                throw TensorError(
                    .shapeMismatch, operation: "split",
                    "sizes \(sizes) do not divide axis \(place) of shape \(shape)",
                    remedy: "give sizes of 0 or more whose sum is \(shape[place])")
            }
            return ranges.map { sliced($0, along: place) }
        }
    }

    /// Consecutive stretches of one size along an axis, the last one smaller when it does not divide evenly.
    ///
    ///     x.split(size: 2)        // [5] → [2], [2] and [1]
    ///
    /// Any type, without copying; an empty axis gives one empty stretch. The size must be at least 1.
    public func split(size: Int, along axis: Int = 0) -> [Tensor] {
        notingParts(1) { () throws(TensorError) in
            let place = try place(ofAxis: axis, "split")
            guard size > 0 else {
                throw TensorError(
                    .invalidValue, operation: "split", "a stretch of \(size) cannot fill axis \(place) of \(shape)",
                    remedy: "give a size of at least 1")
            }
            let length = shape[place]
            guard size < length else { return [self] }
            guard (length - 1) / size < mostParts else {
                throw TensorError(
                    .invalidValue, operation: "split",
                    "stretches of \(size) of axis \(place) of \(shape) are more than \(mostParts) tensors",
                    remedy: "give a larger size")
            }
            return stride(from: 0, to: length, by: size).map {
                sliced($0..<Swift.min(length, $0 + Swift.min(size, length - $0)), along: place)
            }
        }
    }

    /// So many consecutive stretches along an axis, the first ones longer by one when it does not divide evenly.
    ///
    ///     x.chunked(2)        // [5] → [3] and [2]
    ///
    /// As NumPy's `array_split`: always `count` of them. Any type, without copying. The count must be at least 1 and not
    /// more than the axis has indices.
    public func chunked(_ count: Int, along axis: Int = 0) -> [Tensor] {
        notingParts(count) { () throws(TensorError) in
            let place = try place(ofAxis: axis, "chunk")
            guard count > 0, count <= Swift.min(mostParts, Swift.max(1, shape[place])) else {
                throw TensorError(
                    .invalidValue, operation: "chunk",
                    "axis \(place) of shape \(shape) does not fall into \(count) parts",
                    remedy: "give a number of parts in 1 ... \(Swift.min(mostParts, Swift.max(1, shape[place])))")
            }
            let (length, longer) = shape[place].quotientAndRemainder(dividingBy: count)
            return (0..<count).map { part in
                let start = part * length + Swift.min(part, longer)
                return sliced(start..<start + length + (part < longer ? 1 : 0), along: place)
            }
        }
    }

    /// What `body` gives, or, when it finds a mistake, notes it and gives as many stand-ins as were asked for, so that
    /// taking one of them apart from the others does not end the process.
    private func notingParts(_ count: Int, _ body: () throws(TensorError) -> [Tensor]) -> [Tensor] {
        let parts = Swift.min(Swift.max(1, count), mostParts)
        if value.isPlaceholder { return Array(repeating: self, count: parts) }
        do throws(TensorError) { return try body() } catch {
            return Array(repeating: .failed(error, spec), count: parts)
        }
    }
}

/// More tensors than this at once are taken for a mistake: their descriptions alone would fill the memory.
private let mostParts = 1 << 20
