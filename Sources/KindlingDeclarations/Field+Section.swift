// SPDX-License-Identifier: Apache-2.0

extension Field {
    /// A field that takes a mapping of one fixed component's fields, without `type`: a section such as `trainer`.
    ///
    /// A section that is left out has all its defaults.
    public init(section name: String, _ component: Component<Value>, _ documentation: String) {
        let type = FieldType.section(component.fields)
        self.init(
            name, type, defaultText: "{}", documentation, absent: DeclaredValue(.mapping([]), at: .builtIn),
            makeDefault: nil
        ) { (value: DeclaredValue, reader: RecipeReader) -> Value? in component.read(value, reader) }
    }
}

extension Field {
    /// A field that takes a list of sections; an empty list unless it is given.
    public init<Product>(list name: String, of section: Component<Product>, _ documentation: String)
    where Value == [Product] {
        let type = FieldType.list(.section(section.fields))
        let makeDefault: @Sendable () -> [Product] = { [] }
        self.init(name, type, defaultText: "[]", documentation, makeDefault: makeDefault) {
            (value: DeclaredValue, reader: RecipeReader) -> [Product]? in
            guard case .sequence(let items) = value.content else { return reader.expected(type, found: value) }
            let made = items.compactMap { section.read($0, reader) }
            return made.count == items.count ? made : nil
        }
    }
}

extension Component {
    /// The product of a mapping that does not name its type, or nil after reporting what is wrong with it.
    public func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Product? {
        switch value.content {
        case .mapping(let entries): make(from: entries, at: value.origin, reader)
        case .null: make(from: [], at: value.origin, reader)
        case .scalar, .sequence: reader.expected(.section(fields), found: value)
        }
    }
}
