// SPDX-License-Identifier: Apache-2.0

/// The numbers that a field allows.
///
/// Bounds are infinite where there are none.
public struct FieldRange: Sendable, Hashable, CustomStringConvertible {
    /// The lower bound.
    public let low: Double
    /// The upper bound.
    public let high: Double
    /// Whether the lower bound itself is allowed.
    public let includesLow: Bool
    /// Whether the upper bound itself is allowed.
    public let includesHigh: Bool

    /// A range of numbers.
    public init(low: Double, high: Double, includesLow: Bool, includesHigh: Bool) {
        self.low = low
        self.high = high
        self.includesLow = includesLow
        self.includesHigh = includesHigh
    }

    /// Every number.
    public static let any = FieldRange(low: -.infinity, high: .infinity, includesLow: true, includesHigh: true)
    /// Numbers above zero.
    public static let positive = FieldRange(low: 0, high: .infinity, includesLow: false, includesHigh: true)
    /// Numbers from zero on.
    public static let nonNegative = FieldRange.atLeast(0)
    /// From 0 to 1.
    public static let fraction = FieldRange(low: 0, high: 1, includesLow: true, includesHigh: true)
    /// From 0 up to but not 1.
    public static let fractionBelowOne = FieldRange(low: 0, high: 1, includesLow: true, includesHigh: false)

    /// Numbers from a bound on.
    public static func atLeast(_ low: Double) -> FieldRange {
        FieldRange(low: low, high: .infinity, includesLow: true, includesHigh: true)
    }

    /// Whether a number lies inside.
    public func contains(_ value: Double) -> Bool {
        (includesLow ? value >= low : value > low) && (includesHigh ? value <= high : value < high)
    }

    /// `0 ..< 1`, `above 0`, `at least 1`.
    public var description: String {
        let (lower, upper) = (FieldRange.text(low), FieldRange.text(high))
        switch (low.isFinite, high.isFinite) {
        case (false, false): return "any number"
        case (true, false): return includesLow ? "at least \(lower)" : "above \(lower)"
        case (false, true): return includesHigh ? "at most \(upper)" : "below \(upper)"
        case (true, true):
            if includesLow { return "\(lower) \(includesHigh ? "..." : "..<") \(upper)" }
            return "above \(lower), \(includesHigh ? "up to" : "below") \(upper)"
        }
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map { String($0) } ?? String(bound)
    }
}
