// SPDX-License-Identifier: Apache-2.0
internal import Kindling

extension JSON {
    /// The value over several lines, for people who read along.
    var text: String {
        var out = ""
        write(to: &out, indent: 0)
        return out
    }

    /// The value on one line.
    var line: String {
        var out = ""
        write(to: &out, indent: nil)
        return out
    }

    /// - Parameter indent: how far this value is moved in, or nil to stay on one line.
    private func write(to out: inout String, indent: Int?) {
        switch self {
        case .null: out += "null"
        case .boolean(let truth): out += truth ? "true" : "false"
        case .integer(let number): out += "\(number)"
        // JSON has no word for what is no number.
        case .number(let number): out += number.isFinite ? "\(number)" : "null"
        case .text(let text): out += text.inJSONQuotes
        case .list(let items): write(items.map { ("", $0) }, "[", "]", to: &out, indent: indent)
        case .object(let members):
            write(members.map { ($0.key.inJSONQuotes + ": ", $0.value) }, "{", "}", to: &out, indent: indent)
        }
    }

    private func write(
        _ parts: [(head: String, value: JSON)], _ opening: String, _ closing: String, to out: inout String, indent: Int?
    ) {
        out += opening
        for (index, part) in parts.enumerated() {
            if index > 0 { out += indent == nil ? ", " : "," }
            if let indent { out += "\n" + String(repeating: " ", count: indent + 2) }
            out += part.head
            part.value.write(to: &out, indent: indent.map { $0 + 2 })
        }
        if let indent, !parts.isEmpty { out += "\n" + String(repeating: " ", count: indent) }
        out += closing
    }
}

extension JSON {
    /// A recipe's value: text without quotes is what the core schema of YAML makes of it.
    init(_ value: DeclaredValue) {
        switch value.content {
        case .null: self = .null
        case .scalar(let text, let quoted): self = quoted ? .text(text) : JSON(plain: text)
        case .sequence(let items): self = .list(items.map { JSON($0) })
        case .mapping(let entries): self = .object(entries.map { ($0.key, JSON($0.value)) })
        }
    }

    private init(plain text: String) {
        switch text {
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        default:
            if let whole = NumberText.int(text) {
                self = .integer(whole)
            } else if let number = NumberText.double(text), number.isFinite {
                self = .number(number)
            } else {
                self = .text(text)
            }
        }
    }
}
