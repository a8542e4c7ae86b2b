// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension Recipe {
    /// The recipe with every default written out, keys in the order in which they are declared.
    ///
    /// What nobody wrote has the place ``Origin/builtIn``. A component given by its name alone becomes a mapping. What
    /// has no default or is not known is left as it is.
    public func completed(additions: [ComponentCatalog] = []) -> DeclaredValue {
        RecipeCompletion(RecipeVocabulary(additions: additions)).section(root, Experiment.component.fields)
    }
}

/// Puts defaults where nothing is written.
private struct RecipeCompletion {
    let vocabulary: RecipeVocabulary

    init(_ vocabulary: RecipeVocabulary) { self.vocabulary = vocabulary }

    func section(_ value: DeclaredValue, _ fields: [FieldDescription]) -> DeclaredValue {
        switch value.content {
        case .null: mapping([], fields, at: value.origin)
        case .mapping(let entries): mapping(entries, fields, at: value.origin)
        case .scalar, .sequence: value
        }
    }

    private func value(_ value: DeclaredValue, _ type: FieldType) -> DeclaredValue {
        switch type {
        case .integer, .number, .string, .boolean, .choice: return value
        case .list(let element):
            guard case .sequence(let items) = value.content else { return value }
            return DeclaredValue(.sequence(items.map { self.value($0, element) }), at: value.origin)
        case .optional(let wrapped): return value.content == .null ? value : self.value(value, wrapped)
        case .either(let first, let second):
            if case .sequence = value.content { return self.value(self.value(value, first), second) }
            return value
        case .component(let kind): return component(value, kind)
        case .section(let fields): return section(value, fields)
        }
    }

    private func component(_ value: DeclaredValue, _ kind: String) -> DeclaredValue {
        let components = vocabulary.kind(kind)
        switch value.content {
        case .scalar(let name, _):
            guard let component = components?.component(name) else { return value }
            let type = DeclaredValue.Entry(key: "type", keyOrigin: value.origin, value: value)
            return mapping([type], component.fields, at: value.origin)
        case .mapping(let entries):
            guard case .scalar(let name, _)? = value["type"]?.content,
                let component = components?.component(name)
            else { return value }
            return mapping(entries, component.fields, at: value.origin)
        case .null, .sequence: return value
        }
    }

    private func mapping(
        _ entries: [DeclaredValue.Entry], _ fields: [FieldDescription], at origin: Origin
    ) -> DeclaredValue {
        var written: [String: DeclaredValue.Entry] = [:]
        for entry in entries { written[entry.key] = entry }
        var result = entries.filter { $0.key == "type" }
        for field in fields {
            if var entry = written[field.key] {
                entry.value = value(entry.value, field.type)
                result.append(entry)
            } else if let entry = missing(field) {
                result.append(entry)
            }
        }
        let known = Set(fields.map(\.key)).union(["type"])
        result += entries.filter { !known.contains($0.key) }
        return DeclaredValue(.mapping(result), at: origin)
    }

    private func missing(_ field: FieldDescription) -> DeclaredValue.Entry? {
        var problems: [Problem] = []
        guard let text = field.defaultText, let parsed = readYAML(text, .lines(source: ""), &problems) else {
            return nil
        }
        let whole = value(relocated(parsed), field.type)
        return DeclaredValue.Entry(key: field.key, keyOrigin: .builtIn, value: whole)
    }

    private func relocated(_ value: DeclaredValue) -> DeclaredValue {
        switch value.content {
        case .null, .scalar: DeclaredValue(value.content, at: .builtIn)
        case .sequence(let items): DeclaredValue(.sequence(items.map(relocated)), at: .builtIn)
        case .mapping(let entries):
            DeclaredValue(
                .mapping(
                    entries.map { DeclaredValue.Entry(key: $0.key, keyOrigin: .builtIn, value: relocated($0.value)) }),
                at: .builtIn)
        }
    }
}
