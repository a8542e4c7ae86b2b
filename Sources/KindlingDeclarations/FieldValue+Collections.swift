// SPDX-License-Identifier: Apache-2.0

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

    /// The elements outside.
    public func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue] {
        guard case .sequence(let items) = written.content else { return [] }
        return zip(self, items).flatMap { $0.outside(range, as: $1) }
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
    /// The value's parts outside, if there is a value.
    public func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue] {
        self?.outside(range, as: written) ?? []
    }
    /// The value's, if there is one.
    public var magnitude: Double? { self?.magnitude }
}
