// SPDX-License-Identifier: Apache-2.0

/// Values as JSON spells them (RFC 8259); a text is one for YAML as well.
enum JSONText {
    /// A text in quotes; control characters, quotes and backslashes are escaped.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

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
