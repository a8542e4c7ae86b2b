// SPDX-License-Identifier: Apache-2.0

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
