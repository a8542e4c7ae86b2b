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
