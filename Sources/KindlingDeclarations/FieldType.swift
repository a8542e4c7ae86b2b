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
    /// A value of one type or of another.
    case either(FieldType, FieldType)
    /// A component of the kind named: `{type: Adam, learning_rate: 1e-3}`.
    case component(kind: String)
    /// A mapping of fixed fields: `{max_epochs: 5}`.
    case section([FieldDescription])

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
        case .either(let first, let second): "\(first.words), or \(second.words)"
        case .component(let kind): "\(FieldType.article(kind)) \(kind)"
        case .section(let fields):
            "a mapping of \(fields.prefix(8).map(\.key).joined(separator: ", "))\(fields.count > 8 ? ", …" : "")"
        }
    }

    private static func article(_ word: String) -> String {
        "aeiou".contains(word.first?.lowercased() ?? "") ? "an" : "a"
    }

    /// Whether it is a number, or numbers.
    var isNumeric: Bool {
        switch self {
        case .integer, .number: true
        case .list(let element), .optional(let element): element.isNumeric
        case .either(let first, let second): first.isNumeric || second.isNumeric
        case .string, .boolean, .choice, .component, .section: false
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
