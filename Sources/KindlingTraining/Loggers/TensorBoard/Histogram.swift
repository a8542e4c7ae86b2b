// SPDX-License-Identifier: Apache-2.0

/// How numbers are spread, in thirty intervals of one width from the smallest to the largest.
struct Histogram {
    static let bucketCount = 30

    var minimum = 0.0
    var maximum = 0.0
    var count = 0
    var sum = 0.0
    var sumOfSquares = 0.0
    /// How many numbers each interval has.
    var buckets: [Double] = []

    /// The spread of the numbers that are finite; nil when none is.
    init?(of values: [Float]) {
        for value in values where value.isFinite {
            let number = Double(value)
            minimum = count == 0 ? number : Swift.min(minimum, number)
            maximum = count == 0 ? number : Swift.max(maximum, number)
            count += 1
            sum += number
            sumOfSquares += number * number
        }
        guard count > 0 else { return nil }
        guard maximum > minimum else {
            buckets = [Double(count)]
            return
        }
        buckets = [Double](repeating: 0, count: Histogram.bucketCount)
        let scale = Double(Histogram.bucketCount) / (maximum - minimum)
        for value in values where value.isFinite {
            let place = Int((Double(value) - minimum) * scale)
            buckets[Swift.min(Histogram.bucketCount - 1, place)] += 1
        }
    }

    /// The upper ends of the intervals.
    private var limits: [Double] {
        let width = (maximum - minimum) / Double(buckets.count)
        return buckets.indices.map { $0 == buckets.count - 1 ? maximum : minimum + width * Double($0 + 1) }
    }

    /// The message `HistogramProto`.
    func write(_ writer: inout ProtobufWriter) {
        writer.double(1, minimum)
        writer.double(2, maximum)
        writer.double(3, Double(count))
        writer.double(4, sum)
        writer.double(5, sumOfSquares)
        writer.doubles(6, limits)
        writer.doubles(7, buckets)
    }
}
