// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Tables of what recipes can name.
struct ComponentPages {
    private let vocabulary: RecipeVocabulary

    init(_ vocabulary: RecipeVocabulary) { self.vocabulary = vocabulary }

    /// The kinds.
    var kinds: String {
        var table = Table(["Kind", "Components", "Such as"], right: [1])
        for kind in vocabulary.kinds {
            let few = kind.components.prefix(4).map(\.type).joined(separator: ", ")
            table.add(kind.name, String(kind.components.count), few + (kind.components.count > 4 ? ", …" : ""))
        }
        return table.text
    }

    /// A kind's components.
    func components(of kind: KindDescription) -> String {
        var table = Table([kind.name, "What it is"])
        for component in kind.components { table.add(component.type, component.documentation) }
        return table.text
    }

    /// Everything about a component.
    func page(_ component: ComponentDescription) -> String {
        let head = "\(component.type), a component of the kind '\(component.kind)'\n\(component.documentation)"
        guard !component.fields.isEmpty else { return "\(head)\n\nIt takes no fields: \(component.type)" }
        let required = component.fields.filter(\.isRequired).map { ", \($0.key): …" }.joined()
        return "\(head)\n\n\(fields(component.fields))\n\nIn a recipe: {type: \(component.type)\(required)}"
    }

    /// Fields with what they take; a section's own fields follow it.
    func fields(_ fields: [FieldDescription]) -> String {
        var table = Table(["Field", "Takes", "Default", "Meaning"])
        add(fields, "", &table)
        return table.text
    }

    private func add(_ fields: [FieldDescription], _ stem: String, _ table: inout Table) {
        for field in fields {
            let unit = field.unit.isEmpty ? "" : ", in \(field.unit)"
            let defaultText = field.isRequired ? "(required)" : field.defaultText ?? ""
            table.add(stem + field.key, field.allowed + unit, defaultText, field.documentation)
            switch field.type {
            case .section(let inner): add(inner, "\(stem)\(field.key).", &table)
            case .list(.section(let inner)): add(inner, "\(stem)\(field.key).0.", &table)
            default: break
            }
        }
    }
}

extension KindDescription {
    var json: JSON { .object([("kind", .text(name)), ("components", .list(components.map(\.json)))]) }
}

extension ComponentDescription {
    var json: JSON {
        .object([
            ("type", .text(type)), ("kind", .text(kind)), ("documentation", .text(documentation)),
            ("fields", .list(fields.map(\.json))),
        ])
    }
}

extension FieldDescription {
    var json: JSON {
        .object([
            ("key", .text(key)), ("takes", .text(type.label)), ("required", .boolean(isRequired)),
            ("default", .optional(defaultText)), ("range", range == .any ? .null : .text("\(range)")),
            ("unit", unit.isEmpty ? .null : .text(unit)), ("documentation", .text(documentation)),
        ])
    }
}
