// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a header's JSON.
struct JSONMistake: Error {
    var what: String
    /// Whether it is sound, but of a kind that is not read.
    var isUnsupported = false
    /// The tensor it is about; empty for the whole header.
    var name = ""

    init(_ what: String, isUnsupported: Bool = false) {
        self.what = what
        self.isUnsupported = isUnsupported
    }

    func naming(_ name: String) -> JSONMistake {
        var named = self
        named.name = name
        return named
    }
}

/// Reads the parts of JSON that a header has: objects, texts, and arrays of whole numbers.
///
/// The caller says what comes next, so nothing nests deeper than the format does, and no member is lost because
/// another has its name.
struct JSONScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an object; `body` reads the value of each name.
    mutating func object(_ body: (inout JSONScanner, String) throws(JSONMistake) -> Void) throws(JSONMistake) {
        try list("{", "}") { scanner throws(JSONMistake) in
            let name = try scanner.string()
            try scanner.expect(":")
            try body(&scanner, name)
        }
    }

    /// Reads an array of numbers without sign, point or exponent.
    mutating func wholeNumbers() throws(JSONMistake) -> [Int] {
        var numbers: [Int] = []
        try list("[", "]") { scanner throws(JSONMistake) in numbers.append(try scanner.wholeNumber()) }
        return numbers
    }

    /// Reads a text.
    mutating func string() throws(JSONMistake) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            switch try next() {
            case UInt8(ascii: "\""):
                guard let result = String(validating: text, as: UTF8.self) else { throw mistake("a text in UTF-8") }
                return result
            case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
            case 0..<0x20: throw mistake("no control character in a text")
            case let byte: text.append(byte)
            }
        }
    }

    /// Expects nothing but spaces.
    mutating func end() throws(JSONMistake) {
        skipSpaces()
        guard place == bytes.count else { throw mistake("the end") }
    }

    private mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONScanner) throws(JSONMistake) -> Void
    ) throws(JSONMistake) {
        try expect(open)
        if take(close) { return }
        repeat { try item(&self) } while take(",")
        try expect(close)
    }

    private mutating func wholeNumber() throws(JSONMistake) -> Int {
        skipSpaces()
        let start = place
        var number = 0
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
            let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
            guard !tooLarge, !overflow else { throw mistake("a number below 2⁶³") }
            number = sum
            place += 1
        }
        let hasLeadingZero = place - start > 1 && bytes[start] == UInt8(ascii: "0")
        guard place > start, !hasLeadingZero else { throw mistake("a whole number of 0 or more") }
        return number
    }

    private mutating func escaped() throws(JSONMistake) -> Unicode.Scalar {
        switch Unicode.Scalar(try next()) {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "u": break
        case let other where ["\"", "\\", "/"].contains(other): return other
        default: throw mistake("an escape that JSON has")
        }
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // Characters beyond 16 bits are written as two halves.
        guard unit < 0xDC00, try next() == UInt8(ascii: "\\"), try next() == UInt8(ascii: "u") else {
            throw mistake("a second half of a character")
        }
        let low = try codeUnit()
        let combined = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) &- 0xDC00)
        guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(combined) else {
            throw mistake("a second half of a character")
        }
        return scalar
    }

    private mutating func codeUnit() throws(JSONMistake) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try next())).hexDigitValue else {
                throw mistake("four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func next() throws(JSONMistake) -> UInt8 {
        guard place < bytes.count else { throw mistake("more") }
        place += 1
        return bytes[place - 1]
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONMistake) {
        guard take(character) else { throw mistake("'\(character)'") }
    }

    private mutating func skipSpaces() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    private func mistake(_ expected: String) -> JSONMistake { JSONMistake("expected \(expected) at byte \(place)") }
}
