// SPDX-License-Identifier: Apache-2.0

extension Int: FieldValue {
    /// A whole number.
    public static var fieldType: FieldType { .integer }

    /// Reads decimal digits with an optional sign and `_` between digits.
    ///
    /// No octal and no hexadecimal: `010` is refused rather than guessed at.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Int? {
        guard case .scalar(let text, quoted: false) = value.content, let number = NumberText.int(text) else {
            return reader.expected(fieldType, found: value, hint: NumberText.hint(value, wanted: .integer))
        }
        return number
    }

    /// Decimal digits.
    public var recipeText: String { String(self) }
    /// Itself.
    public var magnitude: Double? { Double(self) }
}

extension Double: FieldValue {
    /// A real number.
    public static var fieldType: FieldType { .number }

    /// Reads decimal numbers with an optional exponent (`1e-3` needs no dot), `.inf` and `-.inf`.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Double? {
        guard case .scalar(let text, quoted: false) = value.content, let number = NumberText.double(text) else {
            return reader.expected(fieldType, found: value, hint: NumberText.hint(value, wanted: .number))
        }
        return number
    }

    /// The shortest text that reads back as the same number.
    public var recipeText: String { self == .infinity ? ".inf" : self == -.infinity ? "-.inf" : String(self) }
    /// Itself.
    public var magnitude: Double? { self }
}

extension Bool: FieldValue {
    /// `true` or `false`.
    public static var fieldType: FieldType { .boolean }

    /// Reads `true` and `false` alone, as YAML 1.2 has them: `yes`, `no`, `on` and `off` are text.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Bool? {
        guard case .scalar(let text, let quoted) = value.content else {
            return reader.expected(fieldType, found: value)
        }
        switch (text, quoted) {
        case ("true", false), ("True", false), ("TRUE", false): return true
        case ("false", false), ("False", false), ("FALSE", false): return false
        default: break
        }
        switch text.lowercased() {
        case "true", "false": return reader.expected(fieldType, found: value, hint: "remove the quotes")
        case "yes", "y", "on", "1": return reader.expected(fieldType, found: value, nearest: "true")
        case "no", "n", "off", "0": return reader.expected(fieldType, found: value, nearest: "false")
        default: return reader.expected(fieldType, found: value, nearest: nearestName(to: text, in: ["true", "false"]))
        }
    }

    /// `true` or `false`.
    public var recipeText: String { self ? "true" : "false" }
}

extension String: FieldValue {
    /// Text.
    public static var fieldType: FieldType { .string }

    /// Reads any scalar as it was written.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> String? {
        guard case .scalar(let text, _) = value.content else { return reader.expected(fieldType, found: value) }
        return text
    }

    /// The text in double quotes.
    public var recipeText: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
