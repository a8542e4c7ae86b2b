// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// What text without quotes means, here and to other readers of YAML, and whether it can stand without quotes at all.
enum PlainText {
    /// What a text without quotes is read as.
    enum Meaning {
        /// Nothing.
        case null
        /// `true` or `false`.
        case boolean
        /// A number.
        case number
        /// Text here, but something else to readers of YAML 1.1: `no`, `010`, `1:30`, `2001-01-01`.
        case ambiguous
        /// Text, everywhere.
        case text
    }

    static func meaning(of text: String) -> Meaning {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
        default: break
        }
        // Nothing longer is a number that anybody writes, and numbers begin with one of few characters.
        guard let first = text.utf8.first, text.utf8.count <= 400 else { return .text }
        if (0x30...0x39).contains(first) || "+-.".utf8.contains(first) {
            if NumberText.int(text) != nil || NumberText.double(text) != nil { return .number }
            let looksNumeric = text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || "+-.:_eExXoObBaAcCdDfF TtZ".utf8.contains($0)
            }
            let rest = text.lowercased().drop { "+-.".contains($0) }
            return looksNumeric || rest == "inf" || rest == "nan" ? .ambiguous : .text
        }
        switch text.lowercased() {
        case "yes", "no", "on", "off", "y", "n", "=", "<<": return .ambiguous
        default: return .text
        }
    }

    /// Whether a text can stand as a value in block style without quotes and is read back as itself.
    static func isPossible(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, last != space, first != space else { return false }
        if "#&*!|>'\"%@`{}[],".utf8.contains(first) || text.hasPrefix("---") || text.hasPrefix("...") { return false }
        if "-?:".utf8.contains(first) {
            guard let second = bytes.dropFirst().first, second != space else { return false }
        }
        if last == colon { return false }
        var previous: UInt8 = 0
        for byte in bytes {
            if byte < space || byte == 0x7F { return false }
            if byte == space, previous == colon { return false }
            if byte == UInt8(ascii: "#"), previous == space { return false }
            previous = byte
        }
        return text.utf8.allSatisfy { $0 < 0x80 } || text.unicodeScalars.allSatisfy { !needsEscape($0) }
    }

    /// Whether a character must be written as an escape in double quotes.
    static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
        default: true
        }
    }

    private static let space = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")
}
