// SPDX-License-Identifier: Apache-2.0

/// What a field takes, for schemas, tables of documentation and messages.
public indirect enum FieldType: Sendable, Hashable {
    /// A whole number.
    case integer
    /// A real number.
    case number
    /// Text.
    case string
    /// `true` or `false`.
    case boolean
    /// One of some words.
    case choice([String])
    /// A list of values of one type.
    case list(FieldType)
    /// A value or `null`.
    case optional(FieldType)
    /// A component of the kind named: `{type: Adam, learning_rate: 1e-3}`.
    case component(kind: String)

    /// The type in words: `a whole number`, `a list of numbers`.
    public var words: String {
        switch self {
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "text"
        case .boolean: "true or false"
        case .choice(let names): "one of \(names.joined(separator: ", "))"
        case .list(let element): "a list, each \(element.words)"
        case .optional(let wrapped): "\(wrapped.words), or null"
        case .component(let kind): "a \(kind)"
        }
    }
}

/// Everything about a field except its Swift type, for schemas, help and completion.
public struct FieldDescription: Sendable, Hashable {
    /// The key in recipes, snake case.
    public let key: String
    /// What it takes.
    public let type: FieldType
    /// The default as it would be written in a recipe; nil when the field must be given.
    public let defaultText: String?
    /// The numbers allowed.
    public let range: FieldRange
    /// The unit: `seconds`; empty when there is none.
    public let unit: String
    /// One line of documentation.
    public let documentation: String
}

/// The numbers that a field allows. Bounds are infinite where there are none.
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
    /// 0 ... 1.
    public static let fraction = FieldRange(low: 0, high: 1, includesLow: true, includesHigh: true)
    /// 0 ..< 1.
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
        func text(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
        switch (low.isFinite, high.isFinite) {
        case (false, false): return "any number"
        case (true, false): return includesLow ? "at least \(text(low))" : "above \(text(low))"
        case (false, true): return includesHigh ? "at most \(text(high))" : "below \(text(high))"
        case (true, true):
            let dots = includesHigh ? "..." : "..<"
            return includesLow ? "\(text(low)) \(dots) \(text(high))" : "above \(text(low)), up to \(text(high))"
        }
    }
}
