// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Values as JSON spells them (RFC 8259); a text is one for YAML as well.
enum JSONText {
    /// A text in quotes.
    static func string(_ text: String) -> String { text.inJSONQuotes }

    /// A number with every digit that it needs; those that JSON has no word for as texts: `"nan"`, `"inf"`, `"-inf"`.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// An object of values that are JSON already, in their order.
    static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { "\(string($0.name)): \($0.value)" }.joined(separator: ", ") + "}"
    }

    /// A list of values that are JSON already.
    static func list(_ values: [String]) -> String { "[\(values.joined(separator: ", "))]" }
}
