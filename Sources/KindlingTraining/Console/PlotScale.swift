// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// How values become places from 0 to 1.
package struct PlotScale {
    private let low: Double
    private let high: Double
    private let isLogarithmic: Bool

    /// A scale over all values; where they are all the same, that one is in the middle.
    package init(_ values: [Double], isLogarithmic: Bool = false) {
        self.isLogarithmic = isLogarithmic
        let inner = values.map { isLogarithmic ? log10($0) : $0 }
        let (least, most) = (inner.min() ?? 0, inner.max() ?? 1)
        // A span of nothing, or one that no number can hold, would divide by zero.
        let isWide = most - least > 0 && (most - least).isFinite
        low = isWide ? least : least - (least == 0 ? 0.5 : abs(least) * 0.1)
        high = isWide ? most : most + (most == 0 ? 0.5 : abs(most) * 0.1)
    }

    /// Where a value stands, from 0 to 1.
    package func place(_ value: Double) -> Double {
        let inner = isLogarithmic ? log10(value) : value
        let place = (inner / 2 - low / 2) / (high / 2 - low / 2)
        return place.isFinite ? min(1, max(0, place)) : 0.5
    }

    /// The value at a place.
    package func value(at place: Double) -> Double {
        let inner = low * (1 - place) + high * place
        return isLogarithmic ? pow(10, inner) : inner
    }

    /// Round values inside the scale, about as many as asked for: 1, 2 or 5 times a power of ten; on a logarithmic scale
    /// powers of ten, or values at equal distances where there are fewer than two of those.
    package func ticks(_ count: Int) -> [Double] {
        if isLogarithmic {
            let (first, last) = (low.rounded(.up), high.rounded(.down))
            if last - first >= 1, last - first < 400 {
                let step = max(1, ((last - first) / Double(count)).rounded(.up))
                return stride(from: first, through: last, by: step).map { pow(10, $0) }
            }
            return (0...count).map { value(at: Double($0) / Double(count)) }
        }
        let rough = (high / 2 - low / 2) / Double(count) * 2
        guard rough > 0, rough.isFinite else { return [low, high] }
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
        let first = (low / step).rounded(.up)
        guard step > 0, first.isFinite else { return [low, high] }
        // A whole number of steps each, or sums of rounded steps would drift.
        return (0...4 * count).map { (first + Double($0)) * step }.filter { $0 <= high + step * 1e-9 }
    }
}

/// A value beside a scale: whole numbers without a fraction.
package func scaleText(_ value: Double) -> String {
    Int(exactly: value).flatMap { abs($0) < 10_000_000 ? grouped($0) : nil } ?? readable(value)
}
