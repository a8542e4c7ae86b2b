// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Puts declarations into JSON Schema, and keeps what is referred to.
struct SchemaDefinitions {
    /// A kind as values of a field: whole, or as a part that is laid over what another recipe says.
    private struct Key: Hashable {
        let kind: String
        let isPart: Bool
    }

    private let vocabulary: RecipeVocabulary
    private var wanted: [Key] = []

    init(_ vocabulary: RecipeVocabulary) { self.vocabulary = vocabulary }

    /// The members of `properties` for some fields.
    mutating func properties(_ fields: [FieldDescription], isPart: Bool) -> [(String, JSONNode)] {
        fields.map { ($0.key, property($0, isPart: isPart)) }
    }

    /// The definitions that have been referred to, and those that they refer to.
    mutating func all() -> [(String, JSONNode)] {
        var definitions: [(String, JSONNode)] = [("reference", SchemaDefinitions.reference)]
        definitions += [("integer_text", SchemaDefinitions.integerText), ("number_text", SchemaDefinitions.numberText)]
        var next = 0
        while next < wanted.count {
            let key = wanted[next]
            next += 1
            // A kind that the vocabulary lacks takes anything: a project's own field may ask for one.
            let components = vocabulary.kind(key.kind)?.components ?? []
            definitions.append((name(of: key), kind(key, components)))
            for component in components {
                definitions.append(("\(name(of: key)).\(component.type)", mapping(of: component, key)))
            }
        }
        return definitions
    }

    private mutating func property(_ field: FieldDescription, isPart: Bool) -> JSONNode {
        var members: [(String, JSONNode)] = [("description", .string(SchemaDefinitions.description(of: field)))]
        if let text = field.defaultText, let value = SchemaDefinitions.json(text, field.type) {
            members.append(("default", value))
        }
        return .object(members + value(field.type, field.range, isPart: isPart))
    }

    private mutating func value(_ type: FieldType, _ range: FieldRange, isPart: Bool) -> [(String, JSONNode)] {
        let alternatives = alternatives(type, range, isPart: isPart)
        guard alternatives.count > 1 else { return alternatives[0] }
        return [("anyOf", .array(alternatives.map { .object($0) }))]
    }

    /// The members of each schema that a value may follow.
    private mutating func alternatives(
        _ type: FieldType, _ range: FieldRange, isPart: Bool
    ) -> [[(String, JSONNode)]] {
        switch type {
        case .integer: return [[("type", .string("integer"))] + bounds(range), link("integer_text")]
        case .number: return [[("type", .string("number"))] + bounds(range), link("number_text")]
        // A text that looks like a number or a truth value is text where text is wanted.
        case .string: return [[("type", .array([.string("string"), .string("number"), .string("boolean")]))]]
        case .boolean: return [[("type", .string("boolean"))], link("reference")]
        case .choice(let names): return [[("enum", .array(names.map { .string($0) }))], link("reference")]
        case .list(let element):
            // A list replaces the one below it, so its items are whole.
            let items = JSONNode.object(value(element, range, isPart: false))
            return [[("type", .string("array")), ("items", items)], link("reference")]
        case .optional(let wrapped):
            return alternatives(wrapped, range, isPart: isPart) + [[("type", .string("null"))]]
        case .either(let first, let second):
            return alternatives(first, range, isPart: isPart) + alternatives(second, range, isPart: isPart)
        case .component(let kind):
            let key = Key(kind: kind, isPart: isPart)
            if !wanted.contains(key) { wanted.append(key) }
            return [link(name(of: key))]
        case .section(let fields):
            let required = fields.filter { $0.isRequired && !isPart }.map { JSONNode.string($0.key) }
            var members: [(String, JSONNode)] = [
                ("type", .array([.string("object"), .string("null")])),
                ("properties", .object(properties(fields, isPart: isPart))),
                ("additionalProperties", .literal("false")),
            ]
            if !required.isEmpty {
                members[0].1 = .string("object")
                members.append(("required", .array(required)))
            }
            return [members, link("reference")]
        }
    }

    /// A component by its name alone, as a mapping with `type`, or as a reference.
    private func kind(_ key: Key, _ components: [ComponentDescription]) -> JSONNode {
        if components.isEmpty { return .literal("true") }
        let alone = components.filter(\.standsAlone).map { JSONNode.string($0.type) }
        let types = components.map { JSONNode.string($0.type) }
        var object: [(String, JSONNode)] = [
            ("type", .string("object")),
            ("properties", .object([("type", .object([("enum", .array(types))]))])),
        ]
        // A part without `type` changes fields of the component below it, whichever that is.
        if !key.isPart { object.append(("required", .array([.string("type")]))) }
        object.append(
            ("allOf", .array(components.map { cases(of: $0, definition: "\(name(of: key)).\($0.type)") })))
        // By cases rather than by alternatives, so that what is wrong inside a mapping is said where it is.
        let short = [JSONNode.object([("enum", .array(alone))]), .object(link("reference"))]
        return .object([
            ("if", .object([("type", .string("object"))])),
            ("then", .object(object)),
            ("else", .object([("anyOf", .array(short))])),
        ])
    }

    private func cases(of component: ComponentDescription, definition: String) -> JSONNode {
        let type = JSONNode.object([("type", .object([("const", .string(component.type))]))])
        return .object([
            ("if", .object([("properties", type), ("required", .array([.string("type")]))])),
            ("then", .object(link(definition))),
        ])
    }

    private mutating func mapping(of component: ComponentDescription, _ key: Key) -> JSONNode {
        let type = JSONNode.object([("const", .string(component.type))])
        var members: [(String, JSONNode)] = [
            ("description", .string(component.documentation)),
            ("properties", .object([("type", type)] + properties(component.fields, isPart: key.isPart))),
            ("additionalProperties", .literal("false")),
        ]
        let required = component.fields.filter(\.isRequired).map { JSONNode.string($0.key) }
        if !key.isPart, !required.isEmpty { members.append(("required", .array(required))) }
        return .object(members)
    }

    private func link(_ definition: String) -> [(String, JSONNode)] {
        [("$ref", .string("#/$defs/\(definition)"))]
    }

    /// A kind's name in a JSON pointer inside a URI, where few characters stand for themselves.
    private func name(of key: Key) -> String {
        let plain = key.kind.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return String(plain) + (key.isPart ? "_part" : "")
    }
}

// What does not depend on the vocabulary.
extension SchemaDefinitions {
    private static let reference = pattern("A reference to another value or to an environment variable.", #"\$\{"#)
    private static let integerText = pattern(
        "A reference, or a whole number with its digits in groups.", #"\$\{|^[-+]?[0-9]+(_[0-9]+)+$"#)
    private static let numberText = pattern(
        "A reference, or a number with its digits in groups.",
        #"\$\{|^[-+]?[0-9]+(_[0-9]+)+(\.[0-9]*(_[0-9]+)*)?([eE][-+]?[0-9]+)?$"#)

    private static func pattern(_ description: String, _ pattern: String) -> JSONNode {
        .object([
            ("description", .string(description)), ("type", .string("string")), ("pattern", .string(pattern)),
        ])
    }

    private static func description(of field: FieldDescription) -> String {
        var facts: [String] = []
        if field.range != .any { facts.append("\(field.range)") }
        if !field.unit.isEmpty { facts.append("in \(field.unit)") }
        return facts.isEmpty ? field.documentation : "\(field.documentation) (\(facts.joined(separator: ", ")))"
    }

    private func bounds(_ range: FieldRange) -> [(String, JSONNode)] {
        var members: [(String, JSONNode)] = []
        if range.low.isFinite {
            members.append((range.includesLow ? "minimum" : "exclusiveMinimum", SchemaDefinitions.number(range.low)))
        }
        if range.high.isFinite {
            members.append((range.includesHigh ? "maximum" : "exclusiveMaximum", SchemaDefinitions.number(range.high)))
        }
        return members
    }

    private static func number(_ value: Double) -> JSONNode {
        .literal(Int(exactly: value).map { String($0) } ?? String(value))
    }

    /// A default as a recipe spells it, as JSON; nil when JSON cannot say it, such as infinity.
    private static func json(_ text: String, _ type: FieldType) -> JSONNode? {
        var problems: [Problem] = []
        guard let value = readYAML(text, .lines(source: "default"), &problems), problems.isEmpty else { return nil }
        return json(value, isText: type == .string)
    }

    private static func json(_ value: DeclaredValue, isText: Bool) -> JSONNode? {
        switch value.content {
        case .null: return .literal("null")
        case .scalar(let text, let quoted):
            if quoted || isText { return .string(text) }
            switch PlainText.meaning(of: text) {
            case .boolean: return .literal(text.lowercased())
            case .number:
                if let whole = NumberText.int(text) { return .literal(String(whole)) }
                guard let real = NumberText.double(text), real.isFinite else { return nil }
                return .literal(String(real))
            case .null, .ambiguous, .text: return .string(text)
            }
        case .sequence(let items):
            let nodes = items.compactMap { json($0, isText: false) }
            return nodes.count == items.count ? .array(nodes) : nil
        case .mapping(let entries):
            return entries.isEmpty ? .object([]) : nil
        }
    }
}
