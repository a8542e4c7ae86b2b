// SPDX-License-Identifier: Apache-2.0

/// A type that a component's field can have.
public protocol FieldValue: Sendable {
    /// What it takes, for schemas and messages.
    static var fieldType: FieldType { get }

    /// The value that was written, or nil after reporting to `reader` why it is none.
    static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Self?

    /// The value as a recipe would spell it.
    var recipeText: String { get }

    /// The number that a field's range applies to, or nil for what is no number.
    var magnitude: Double? { get }
}

extension FieldValue {
    /// Not a number, unless a type says otherwise.
    public var magnitude: Double? { nil }
}

extension Int: FieldValue {
    /// A whole number.
    public static var fieldType: FieldType { .integer }

    /// Reads decimal digits with an optional sign and `_` between digits. No octal and no hexadecimal: `010` is
    /// refused rather than guessed at.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Int? {
        guard case .scalar(let text, quoted: false) = value.content, let number = Int(wholeNumber: text) else {
            return reader.expected(fieldType, found: value)
        }
        return number
    }

    init?(wholeNumber text: String) {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard digits.first?.isNumber == true, digits.last?.isNumber == true, digits.count == 1 || digits.first != "0"
        else { return nil }
        self.init(text.filter { $0 != "_" })
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
        guard case .scalar(let text, quoted: false) = value.content else {
            return reader.expected(fieldType, found: value)
        }
        switch text {
        case ".inf", "+.inf": return .infinity
        case "-.inf": return -.infinity
        default: break
        }
        let allowed = text.allSatisfy { "0123456789+-.eE_".contains($0) }
        guard allowed, let number = Double(text.filter { $0 != "_" }), number.isFinite else {
            return reader.expected(fieldType, found: value)
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
        switch value.content {
        case .scalar("true", quoted: false), .scalar("True", quoted: false): return true
        case .scalar("false", quoted: false), .scalar("False", quoted: false): return false
        default: return reader.expected(fieldType, found: value)
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
        "\"" + map { $0 == "\"" ? "\\\"" : $0 == "\\" ? "\\\\" : String($0) }.joined() + "\""
    }
}

extension Array: FieldValue where Element: FieldValue {
    /// A list.
    public static var fieldType: FieldType { .list(Element.fieldType) }

    /// Reads each element, reporting every one that is wrong.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> [Element]? {
        guard case .sequence(let items) = value.content else { return reader.expected(fieldType, found: value) }
        let elements = items.map { Element.read($0, reader) }
        let found = elements.compactMap { $0 }
        return found.count == items.count ? found : nil
    }

    /// `[1, 2]`.
    public var recipeText: String { "[\(map(\.recipeText).joined(separator: ", "))]" }
}

extension Optional: FieldValue where Wrapped: FieldValue {
    /// A value or `null`.
    public static var fieldType: FieldType { .optional(Wrapped.fieldType) }

    /// Reads `null` as none.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Wrapped?? {
        if case .null = value.content { return .some(.none) }
        guard let wrapped = Wrapped.read(value, reader) else { return nil }
        return .some(.some(wrapped))
    }

    /// `null`, or the value.
    public var recipeText: String { self?.recipeText ?? "null" }
    /// The value's, if there is one.
    public var magnitude: Double? { self?.magnitude }
}

/// An enumeration whose cases recipes spell by name, snake case.
public protocol FieldChoice: FieldValue, CaseIterable, RawRepresentable where RawValue == String {}

extension FieldChoice {
    /// One of the cases' names.
    public static var fieldType: FieldType { .choice(allCases.map { snakeCase($0.rawValue) }) }

    /// Reads a case's name.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Self? {
        guard case .scalar(let text, _) = value.content else { return reader.expected(fieldType, found: value) }
        if let match = allCases.first(where: { snakeCase($0.rawValue) == text }) { return match }
        return reader.expected(
            fieldType, found: value, nearest: nearestName(to: text, in: allCases.map { snakeCase($0.rawValue) }))
    }

    /// The case's name.
    public var recipeText: String { snakeCase(rawValue) }
}
