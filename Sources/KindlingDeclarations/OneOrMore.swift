// SPDX-License-Identifier: Apache-2.0

/// A value, or a list of them, as a recipe spells it: `3` and `[3, 5]`.
public struct OneOrMore<Element: FieldValue>: FieldValue {
    /// The values; one where no list was written.
    public let elements: [Element]

    /// One value for all.
    public init(_ element: Element) { elements = [element] }

    /// A list of values.
    public init(_ elements: [Element]) { self.elements = elements }

    /// A value or a list of them.
    public static var fieldType: FieldType { .either(Element.fieldType, .list(Element.fieldType)) }

    /// Reads a list as a list, and anything else as one value.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> OneOrMore? {
        switch value.content {
        case .sequence(let items) where items.isEmpty: return reader.expected(fieldType, found: value)
        case .sequence: return [Element].read(value, reader).map { OneOrMore($0) }
        case .null, .mapping: return reader.expected(fieldType, found: value)
        case .scalar: return Element.read(value, reader).map { OneOrMore($0) }
        }
    }

    /// The values outside.
    public func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue] {
        if case .sequence = written.content { return elements.outside(range, as: written) }
        return elements.first?.outside(range, as: written) ?? []
    }

    /// `3`, or `[3, 5]`.
    public var recipeText: String { elements.count == 1 ? elements[0].recipeText : elements.recipeText }
}
