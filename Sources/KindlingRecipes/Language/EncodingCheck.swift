// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Looks for bytes that are no text in UTF-8, and for characters that YAML refuses, before libyaml sees them: its own
/// message counts bytes and stops at buffer ends.
struct EncodingCheck {
    /// What is wrong, and where it stands, counted from 0 in characters.
    struct Flaw {
        let message: String
        let index: Int
        let line: Int
        let column: Int
    }

    private let bytes: [UInt8]
    private var characters = 0
    private var line = 0
    private var column = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first flaw of some bytes, which have no byte order mark, or nil.
    static func firstFlaw(in bytes: [UInt8]) -> Flaw? {
        var check = EncodingCheck(bytes)
        return check.run()
    }

    private mutating func run() -> Flaw? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return flaw("this file is UTF-16; save it as UTF-8")
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F {
                column += 1
                characters += 1
                index += 1
                continue
            }
            guard let (scalar, length) = decode(at: index) else {
                let shown = hexadecimal(UInt32(byte), digits: 2)
                return flaw("this is not UTF-8 (byte 0x\(shown)); save the file as UTF-8")
            }
            guard EncodingCheck.isAllowed(scalar) else {
                return flaw(
                    "the character U+\(hexadecimal(scalar.value, digits: 4)) is not allowed here; "
                        + "in double quotes it can be written \(escape(scalar))")
            }
            let isCR = scalar == "\r" && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if RecipeSource.endsLine(scalar), !isCR { (line, column) = (line + 1, 0) } else { column += 1 }
            characters += 1
            index += length
        }
        return nil
    }

    private func flaw(_ message: String) -> Flaw {
        Flaw(message: message, index: characters, line: line, column: column)
    }

    /// The scalar that begins at an index and its length in bytes, or nil when none does (Unicode 15, table 3-7).
    private func decode(at index: Int) -> (Unicode.Scalar, Int)? {
        let first = bytes[index]
        let length: Int
        switch first {
        case 0x00...0x7F: return (Unicode.Scalar(first), 1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        var value = UInt32(first) & (0xFF >> UInt32(length + 1))
        for byte in bytes[index + 1..<index + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }

    /// YAML's printable characters, as libyaml has them; the byte order mark has been taken off before.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        case 0x10000...0x10FFFF: true
        default: false
        }
    }

    private func escape(_ scalar: Unicode.Scalar) -> String {
        scalar.value <= 0xFF
            ? "\\x\(hexadecimal(scalar.value, digits: 2))" : "\\u\(hexadecimal(scalar.value, digits: 4))"
    }
}

/// A number in hexadecimal, padded with zeros.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
