// SPDX-License-Identifier: Apache-2.0

/// How numbers are spelt in recipes: decimal, `_` between digits, an exponent that needs no dot, `.inf`.
package enum NumberText {
    /// The whole number that a text spells, or nil.
    package static func int(_ text: String) -> Int? {
        guard let plain = withoutSeparators(text) else { return nil }
        let digits = plain.hasPrefix("-") || plain.hasPrefix("+") ? plain.dropFirst() : plain[...]
        guard digits.utf8.allSatisfy({ isDigit($0) }), hasNoLeadingZero(digits) else { return nil }
        return Int(plain)
    }

    /// The real number that a text spells, or nil; what is too large or too small for a `Double` is none.
    package static func double(_ text: String) -> Double? {
        switch text {
        case ".inf", "+.inf", ".Inf", ".INF": return .infinity
        case "-.inf", "-.Inf", "-.INF": return -.infinity
        default: break
        }
        guard let plain = withoutSeparators(text) else { return nil }
        let magnitude = plain.hasPrefix("-") || plain.hasPrefix("+") ? plain.dropFirst() : plain[...]
        guard let first = magnitude.utf8.first, isDigit(first) || first == UInt8(ascii: "."),
            magnitude.utf8.allSatisfy({ isDigit($0) || punctuation.contains($0) }),
            hasNoLeadingZero(magnitude.prefix { $0.isASCII && $0.isNumber }),
            let number = Double(plain), number.isFinite
        else { return nil }
        let mantissa = magnitude.prefix { $0 != "e" && $0 != "E" }
        return number == 0 && mantissa.contains { $0 != "0" && $0 != "." } ? nil : number
    }

    /// The way out for a value that was meant as a number, if it is plain to see.
    static func hint(_ value: DeclaredValue, wanted: FieldType) -> String? {
        guard case .scalar(let text, let quoted) = value.content, text.utf8.count <= 100 else { return nil }
        let isInteger = wanted == .integer
        if quoted, isInteger ? int(text) != nil : double(text) != nil { return "remove the quotes" }
        if isInteger, let number = double(text) {
            if let whole = Int(exactly: number) { return "write \(whole)" }
            if number == number.rounded(), number.isFinite {
                return number > 0 ? "the largest is \(Int.max)" : "the smallest is \(Int.min)"
            }
            return nil
        }
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if digits.hasPrefix("0x") || digits.hasPrefix("0o") || digits.hasPrefix("0b") { return "write it in decimal" }
        let trimmed = digits.drop { $0 == "0" }
        if digits.hasPrefix("0"), double(String(trimmed)) != nil {
            return "a leading 0 could mean octal: write \(text.hasPrefix("-") ? "-" : "")\(trimmed)"
        }
        switch digits.lowercased() {
        case "inf", "infinity": return isInteger ? nil : "write \(text.hasPrefix("-") ? "-" : "").inf"
        case ".nan", "nan": return "not-a-number cannot be asked for"
        default: break
        }
        let pointed = String(text.map { $0 == "," ? "." : $0 })
        if pointed != text, double(pointed) != nil { return "write the decimal point as '.'" }
        if let number = Double(text), !isInteger { return number == 0 ? "it is too small" : "it is too large" }
        return unit(text, isInteger: isInteger)
    }

    /// The number before a unit or a per cent sign.
    private static func unit(_ text: String, isInteger: Bool) -> String? {
        if text.hasSuffix("%"), !isInteger, let share = double(String(text.dropLast())) {
            return "write \(share / 100)"
        }
        let words = text.split(separator: " ")
        guard words.count == 2, !words[1].hasPrefix("#") else { return nil }
        let number = String(words[0])
        guard isInteger ? int(number) != nil : double(number) != nil else { return nil }
        return "write \(number), without '\(words[1])'"
    }

    private static let punctuation = Array("+-.eE".utf8)

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func hasNoLeadingZero(_ digits: Substring) -> Bool {
        digits.utf8.count <= 1 || digits.utf8.first != UInt8(ascii: "0")
    }

    /// The text without `_`, each of which must stand between two digits; nil when one does not, or nothing is there.
    private static func withoutSeparators(_ text: String) -> String? {
        guard !text.isEmpty else { return nil }
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1]) else {
                return nil
            }
        }
        return String(decoding: bytes.lazy.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }
}
