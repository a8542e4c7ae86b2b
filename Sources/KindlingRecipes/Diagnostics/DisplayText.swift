// SPDX-License-Identifier: Apache-2.0

/// Text as a terminal shows it: how wide it is, and without characters that act on the terminal.
enum DisplayText {
    /// The part of a line around a character, and the blanks that put a caret under that character.
    ///
    /// Tabs are kept in both, so that they line up whatever the terminal makes of them.
    static func excerpt(of line: String, around offset: Int, width: Int) -> (excerpt: String, indent: String) {
        let scalars = Array(line.unicodeScalars)
        let caret = min(offset, scalars.count)
        var (start, end) = (0, scalars.count)
        if scalars.count > width {
            start = max(0, min(caret - width / 2, scalars.count - width))
            end = min(scalars.count, start + width)
        }
        var excerpt = start > 0 ? "…" : ""
        var indent = start > 0 ? " " : ""
        for index in start..<end {
            let scalar = scalars[index]
            excerpt += shown(scalar)
            if index < caret { indent += scalar == "\t" ? "\t" : String(repeating: " ", count: columns(scalar)) }
        }
        // Blanks at the end would be seen by nobody, but by those who compare texts.
        while excerpt.last == " " { excerpt.removeLast() }
        return (excerpt + (end < scalars.count ? "…" : ""), indent)
    }

    /// A text with every character that acts on a terminal replaced by its number.
    static func visible(_ text: String) -> String {
        text.unicodeScalars.allSatisfy({ !acts($0) }) ? text : text.unicodeScalars.map(shown).joined()
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\t" { return "\t" }
        return acts(scalar) ? escape(scalar) : String(Character(scalar))
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        scalar == "\n" ? "\\n" : "\\u{\(hexadecimal(scalar.value, digits: 2))}"
    }

    /// Control characters, and those that turn the direction of what follows.
    private static func acts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: false
        case 0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// The columns that a character takes, after Unicode's East Asian Width: wide ones take two, marks none.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        if acts(scalar) { return escape(scalar).count }
        switch scalar.value {
        case 0x20...0x2FF: return 1
        case 0x300...0x36F, 0x200B...0x200D, 0x20D0...0x20F0, 0xFE00...0xFE0F: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF: return 2
        case 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F9FF: return 2
        case 0x20000...0x3FFFD: return 2
        default:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: return 0
            default: return 1
            }
        }
    }
}
