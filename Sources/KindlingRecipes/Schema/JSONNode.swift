// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A JSON value whose members keep their order.
indirect enum JSONNode: Sendable {
    /// A number, `true`, `false` or `null`, spelt out.
    case literal(String)
    case string(String)
    case array([JSONNode])
    case object([(key: String, value: JSONNode)])

    /// The value over several lines, with a line end: short lists and objects on one line.
    var text: String {
        var out = ""
        write(indent: 0, to: &out)
        return out + "\n"
    }

    private static let width = 100

    private func write(indent: Int, to out: inout String) {
        let line = oneLine(atMost: JSONNode.width - indent)
        if let line {
            out += line
            return
        }
        let inner = String(repeating: " ", count: indent + 2)
        switch self {
        case .literal, .string: out += compact
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                out += index == 0 ? "\n\(inner)" : ",\n\(inner)"
                item.write(indent: indent + 2, to: &out)
            }
            out += "\n\(inner.dropLast(2))]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                out += index == 0 ? "\n\(inner)" : ",\n\(inner)"
                out += "\(member.key.inJSONQuotes): "
                member.value.write(indent: indent + 2, to: &out)
            }
            out += "\n\(inner.dropLast(2))}"
        }
    }

    /// The value on one line, or nil when it is longer than that or holds more than one level of members.
    private func oneLine(atMost width: Int) -> String? {
        guard height <= 1 else { return nil }
        let line = compact
        return line.utf8.count <= width ? line : nil
    }

    private var height: Int {
        switch self {
        case .literal, .string: 0
        case .array(let items): 1 + (items.map(\.height).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.height).max() ?? 0)
        }
    }

    private var compact: String {
        switch self {
        case .literal(let text): text
        case .string(let text): text.inJSONQuotes
        case .array(let items): "[\(items.map(\.compact).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\($0.key.inJSONQuotes): \($0.value.compact)" }.joined(separator: ", "))}"
        }
    }
}
