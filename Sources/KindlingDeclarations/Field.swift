// SPDX-License-Identifier: Apache-2.0

/// One argument of a component: its name, its default, what it allows and what it means.
///
///     Field("learningRate", default: 1e-3, in: .positive, "How far each step goes.")
public struct Field<Value>: Sendable {
    /// Everything but the Swift type.
    public let description: FieldDescription
    let makeDefault: (@Sendable () -> Value)?
    /// What is read where nothing is written and there is no default: a section's empty mapping.
    let absent: DeclaredValue?
    let read: @Sendable (DeclaredValue, RecipeReader) -> Value?
}

extension Field where Value: FieldValue {
    /// A field with a default.
    public init(
        _ name: String, default value: Value, in range: FieldRange = .any, unit: String = "", _ documentation: String
    ) {
        self.init(name, range, unit, documentation, text: value.recipeText, makeDefault: { value })
    }

    /// A field that must be given.
    public init(required name: String, in range: FieldRange = .any, unit: String = "", _ documentation: String) {
        self.init(name, range, unit, documentation, text: nil, makeDefault: nil)
    }

    private init(
        _ name: String, _ range: FieldRange, _ unit: String, _ documentation: String, text: String?,
        makeDefault: (@Sendable () -> Value)?
    ) {
        description = FieldDescription(
            key: snakeCase(name), type: Value.fieldType, defaultText: text, range: range, unit: unit,
            documentation: documentation)
        self.makeDefault = makeDefault
        absent = nil
        read = { value, reader in
            guard let result = Value.read(value, reader) else { return nil }
            let outside = result.outside(range, as: value)
            for offender in outside {
                reader.reportValue(at: offender.origin, "expected \(range), found \(offender.summary)")
            }
            return outside.isEmpty ? result : nil
        }
    }
}

extension Field {
    init(
        _ name: String, _ type: FieldType, defaultText: String?, _ documentation: String,
        absent: DeclaredValue? = nil, makeDefault: (@Sendable () -> Value)?,
        read: @escaping @Sendable (DeclaredValue, RecipeReader) -> Value?
    ) {
        description = FieldDescription(
            key: snakeCase(name), type: type, defaultText: defaultText, range: .any, unit: "",
            documentation: documentation)
        self.makeDefault = makeDefault
        self.absent = absent
        self.read = read
    }

    /// A field that takes one component of a kind, and must be given.
    public init(required name: String, of kind: ComponentKind<Value>, _ documentation: String) {
        let type = FieldType.component(kind: kind.name)
        self.init(name, type, defaultText: nil, documentation, makeDefault: nil) { value, reader in
            kind.make(from: value, reader)
        }
    }

    /// A field that takes a list of components of a kind; an empty list unless it must be given.
    public init<Product>(
        list name: String, of kind: ComponentKind<Product>, required: Bool = false, _ documentation: String
    ) where Value == [Product] {
        let type = FieldType.list(.component(kind: kind.name))
        let makeDefault: @Sendable () -> [Product] = { [] }
        self.init(
            name, type, defaultText: required ? nil : "[]", documentation, makeDefault: required ? nil : makeDefault
        ) { (value: DeclaredValue, reader: RecipeReader) -> [Product]? in
            guard case .sequence(let items) = value.content else {
                let none: [Product]? = reader.expected(type, found: value)
                return none
            }
            let made = items.compactMap { kind.make(from: $0, reader) }
            return made.count == items.count ? made : nil
        }
    }

    /// A field that takes a component of a kind or `null`, which is the default.
    public init<Product>(optional name: String, of kind: ComponentKind<Product>, _ documentation: String)
    where Value == Product? {
        let makeDefault: @Sendable () -> Product? = { nil }
        self.init(
            name, .optional(.component(kind: kind.name)), defaultText: "null", documentation, makeDefault: makeDefault
        ) { (value: DeclaredValue, reader: RecipeReader) -> Product?? in
            if case .null = value.content { return .some(.none) }
            guard let made = kind.make(from: value, reader) else { return nil }
            return .some(.some(made))
        }
    }
}
