// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// Writes values as YAML in block style, keys in their order, quotes only where text would be read as something else.
///
/// What it writes is read back as the same values (`DeclaredValue.isSame(as:)`), by this reader and by others.
struct YAMLRenderer {
    private let escapesReferences: Bool

    /// - Parameter escapingReferences: whether a `${` in text is written `$${`, so that it is not looked up again.
    init(escapingReferences: Bool) { escapesReferences = escapingReferences }

    /// The value as a document that ends with a line end.
    func text(of value: DeclaredValue) -> String {
        var out = ""
        switch value.content {
        case .mapping(let entries) where !entries.isEmpty: write(entries, indent: 0, to: &out)
        case .sequence(let items) where !items.isEmpty: write(items, indent: 0, to: &out)
        default:
            write(value, indent: -2, to: &out)
            out.removeFirst()
        }
        return out
    }

    private func write(_ entries: [DeclaredValue.Entry], indent: Int, to out: inout String) {
        for (index, entry) in entries.enumerated() {
            if index > 0 || !isAtItem(out) { out += String(repeating: " ", count: indent) }
            out += key(entry.key) + ":"
            write(entry.value, indent: indent, to: &out)
        }
    }

    /// Whether a list's dash has just been written, so that the first key continues its line.
    private func isAtItem(_ out: String) -> Bool { out.utf8.last == UInt8(ascii: " ") }

    private func write(_ items: [DeclaredValue], indent: Int, to out: inout String) {
        for (index, item) in items.enumerated() {
            if index > 0 || !isAtItem(out) { out += String(repeating: " ", count: indent) }
            out += "-"
            switch item.content {
            case .mapping(let entries) where !entries.isEmpty:
                out += " "
                write(entries, indent: indent + 2, to: &out)
            case .sequence(let inner) where !inner.isEmpty:
                out += " "
                write(inner, indent: indent + 2, to: &out)
            default: write(item, indent: indent, to: &out)
            }
        }
    }

    /// What stands after a key or a dash, with the line end.
    private func write(_ value: DeclaredValue, indent: Int, to out: inout String) {
        switch value.content {
        case .null: out += " null\n"
        case .scalar(let text, let quoted):
            let spelt = escapesReferences ? ReferenceText.escaped(text) : text
            out += block(spelt, indent: indent + 2) ?? " \(scalar(spelt, quoted))\n"
        case .sequence(let items):
            out += items.isEmpty ? " []\n" : "\n"
            if !items.isEmpty { write(items, indent: indent + 2, to: &out) }
        case .mapping(let entries):
            out += entries.isEmpty ? " {}\n" : "\n"
            if !entries.isEmpty { write(entries, indent: indent + 2, to: &out) }
        }
    }

    private func scalar(_ text: String, _ quoted: Bool) -> String {
        guard PlainText.isPossible(text) else { return YAMLRenderer.inQuotes(text) }
        switch PlainText.meaning(of: text) {
        case .text: return text
        case .boolean, .number: return quoted ? YAMLRenderer.inQuotes(text) : text
        case .null, .ambiguous: return YAMLRenderer.inQuotes(text)
        }
    }

    private func key(_ text: String) -> String {
        guard PlainText.isPossible(text), !text.utf8.contains(UInt8(ascii: ":")) else {
            return YAMLRenderer.inQuotes(text)
        }
        switch PlainText.meaning(of: text) {
        case .text, .number: return text
        case .null, .boolean, .ambiguous: return YAMLRenderer.inQuotes(text)
        }
    }

    /// Text over several lines as a literal block, or nil when it is one line or would not survive.
    private func block(_ text: String, indent: Int) -> String? {
        let newline = UInt8(ascii: "\n")
        // At the root a block has no indentation to stand in.
        guard indent > 0, text.utf8.contains(newline), let first = text.utf8.first, first != newline,
            text.unicodeScalars.allSatisfy({ $0 == "\n" || !PlainText.needsEscape($0) })
        else { return nil }
        let lines = text.utf8.split(separator: newline, omittingEmptySubsequences: false)
        // A first line that begins with a space would set the indentation; lines of spaces alone lose them.
        guard first != UInt8(ascii: " "), lines.allSatisfy({ $0.isEmpty || $0.contains { $0 != UInt8(ascii: " ") } })
        else { return nil }
        let endsLine = lines[lines.count - 1].isEmpty
        let endsTwice = endsLine && lines.count > 1 && lines[lines.count - 2].isEmpty
        var out = endsTwice ? " |+\n" : endsLine ? " |\n" : " |-\n"
        for line in endsLine ? lines.dropLast() : lines[...] {
            if !line.isEmpty { out += String(repeating: " ", count: indent) + String(Substring(line)) }
            out += "\n"
        }
        return out
    }

    /// Text in double quotes.
    static func inQuotes(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default:
                if !PlainText.needsEscape(scalar) {
                    out.unicodeScalars.append(scalar)
                } else if scalar.value <= 0xFF {
                    out += "\\x" + hexadecimal(scalar.value, digits: 2)
                } else {
                    out += "\\u" + hexadecimal(scalar.value, digits: 4)
                }
            }
        }
        return out + "\""
    }
}

extension DeclaredValue {
    /// The value as YAML in block style, for people and for other programs.
    public var yamlText: String { YAMLRenderer(escapingReferences: false).text(of: self) }
}
