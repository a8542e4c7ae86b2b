// SPDX-License-Identifier: Apache-2.0

/// Everything about a component except how it is made, for schemas, tables and completion.
public struct ComponentDescription: Sendable, Hashable {
    /// The kind that it belongs to: `layer`.
    public let kind: String
    /// The name after `type:`.
    public let type: String
    /// One line of documentation.
    public let documentation: String
    /// What it takes, in the order in which it is declared.
    public let fields: [FieldDescription]

    /// Whether its name alone is a whole value: `Adam` for `{type: Adam}`.
    public var standsAlone: Bool { fields.allSatisfy { !$0.isRequired } }
}

/// A kind with all its components.
public struct KindDescription: Sendable, Hashable {
    /// The word for one of the kind: `layer`.
    public let name: String
    /// The built-in components, then a project's own, as they are looked up.
    public let components: [ComponentDescription]

    /// Puts components under a kind's name.
    public init(name: String, components: [ComponentDescription]) {
        self.name = name
        self.components = components
    }

    /// The component of a name.
    public func component(_ type: String) -> ComponentDescription? { components.first { $0.type == type } }
}

extension ComponentKind {
    /// The kind with its built-in components and those of a project's own.
    public func description(additions: [ComponentCatalog] = []) -> KindDescription {
        let components = RecipeReader(additions: additions).components(of: self)
        return KindDescription(name: name, components: components.map { $0.description(kind: name) })
    }
}

extension Component {
    func description(kind: String) -> ComponentDescription {
        ComponentDescription(kind: kind, type: type, documentation: documentation, fields: fields)
    }
}

extension FieldDescription {
    /// Whether a recipe must give it.
    public var isRequired: Bool {
        if case .section = type { return false }
        return defaultText == nil
    }

    /// What a recipe that lacks it is told: `'in_features': a whole number, at least 1`.
    var demand: String {
        let bounds = range == .any || !type.isNumeric ? "" : ", \(range)"
        let form = if case .component = type { "; write \(key): NAME, or \(key): {type: NAME, …}" } else { "" }
        return "'\(key)': \(type.words)\(bounds)\(form)"
    }

    /// Type and range in few words: `whole number, at least 1`.
    public var allowed: String {
        range == .any ? type.label : "\(type.label), \(range)"
    }
}

extension FieldType {
    /// The type in few words, for tables: `whole number`, `list of layers`.
    public var label: String {
        switch self {
        case .integer: "whole number"
        case .number: "number"
        case .string: "text"
        case .boolean: "true or false"
        case .choice(let names): names.joined(separator: " | ")
        case .list(let element): "list of: \(element.label)"
        case .optional(let wrapped): "\(wrapped.label), or null"
        case .either(let first, let second): "\(first.label), or \(second.label)"
        case .component(let kind): kind
        case .section: "mapping"
        }
    }
}
