// SPDX-License-Identifier: Apache-2.0

/// A family of components that can stand in for each other: layers, optimizers, callbacks.
public struct ComponentKind<Product>: Sendable {
    /// The word for one in messages and on the command line: `layer`.
    public let name: String
    /// The components that Kindling brings, from the kind's `Catalog.swift`.
    public let builtIn: @Sendable () -> [Component<Product>]

    /// Names a family.
    public init(_ name: String, builtIn: @escaping @Sendable () -> [Component<Product>]) {
        self.name = name
        self.builtIn = builtIn
    }

    /// The component that a value names, or nil after reporting why there is none.
    ///
    /// A component is written `{type: Dropout, rate: 0.2}`, or just `Dropout` when no argument is needed.
    public func make(from value: DeclaredValue, _ reader: RecipeReader) -> Product? {
        switch value.content {
        case .scalar(let name, _):
            return noted(find(name, at: value.origin, reader)?.make(from: [], at: value.origin, reader), value, reader)
        case .mapping(let entries):
            guard let type = value["type"] else {
                reportMissingType(entries, at: value.origin, reader)
                return nil
            }
            guard case .scalar(let typeName, _) = type.content else {
                reader.report(at: type.origin, "'type' takes the name of one \(self.name), found \(type.summary)")
                return nil
            }
            return noted(
                find(typeName, at: type.origin, reader)?.make(from: entries, at: value.origin, reader), value, reader)
        case .null, .sequence:
            return reader.expected(.component(kind: name), found: value)
        }
    }

    private func noted(_ product: Product?, _ value: DeclaredValue, _ reader: RecipeReader) -> Product? {
        if let product { reader.note(product, at: value.origin) }
        return product
    }

    private func reportMissingType(_ entries: [DeclaredValue.Entry], at origin: Origin, _ reader: RecipeReader) {
        if let near = entries.first(where: { nearestName(to: $0.key, in: ["type"]) != nil }) {
            reader.report(at: near.keyOrigin, "this \(name) has no 'type' but '\(near.key)'; did you mean 'type'?")
        } else {
            reader.report(at: origin, "this \(name) has no 'type'; write {type: NAME, …}\(listing(reader))")
        }
    }

    private func find(_ typeName: String, at origin: Origin, _ reader: RecipeReader) -> Component<Product>? {
        let components = reader.components(of: self)
        if let match = components.first(where: { $0.type == typeName }) { return match }
        var message = "there is no \(name) '\(typeName)'"
        if let nearest = nearestName(to: typeName, in: components.map(\.type)) {
            message += "; did you mean '\(nearest)'?"
        } else if let call = WrittenHint.mapping(insteadOfCall: typeName) {
            message += "; \(call)"
        } else {
            message += listing(reader)
        }
        reader.report(at: origin, message)
        return nil
    }

    private func listing(_ reader: RecipeReader) -> String {
        let names = reader.components(of: self).map(\.type)
        return names.isEmpty ? "" : "; there are: \(names.joined(separator: ", "))"
    }
}
