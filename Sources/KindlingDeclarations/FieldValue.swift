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

    /// The parts of what was written whose numbers lie outside a range: itself, or a list's elements.
    func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue]
}

extension FieldValue {
    /// Not a number, unless a type says otherwise.
    public var magnitude: Double? { nil }

    /// The value itself, when it is a number outside.
    public func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue] {
        guard let magnitude, !range.contains(magnitude) else { return [] }
        return [written]
    }
}
