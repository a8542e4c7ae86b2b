// SPDX-License-Identifier: Apache-2.0

/// A value for programs: what `--json` prints, with keys in the order in which they were given.
enum JSON {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([(key: String, value: JSON)])

    /// A text, or null.
    static func optional(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }
    /// A number, or null.
    static func optional(_ number: Double?) -> JSON { number.map { .number($0) } ?? .null }
    /// A whole number, or null.
    static func optional(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }

    /// The value under a key of an object.
    subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The text that this is.
    var string: String? { if case .text(let text) = self { text } else { nil } }

    /// The number that this is.
    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .boolean, .text, .list, .object: nil
        }
    }

    /// The whole number that this is.
    var int: Int? { if case .integer(let number) = self { number } else { nil } }

    /// Whether this is `true`.
    var isTrue: Bool { if case .boolean(let truth) = self { truth } else { false } }

    /// The items of a list.
    var items: [JSON] { if case .list(let items) = self { items } else { [] } }

    /// The members of an object.
    var members: [(key: String, value: JSON)] { if case .object(let members) = self { members } else { [] } }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { ($0.0, $0.1) }) }
    init(arrayLiteral elements: JSON...) { self = .list(elements) }
}
