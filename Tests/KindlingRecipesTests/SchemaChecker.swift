// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations

/// The part of JSON Schema (draft 2020-12) that the schema of recipes uses.
struct SchemaChecker {
    struct UnknownKeyword: Error { let name: String }

    private let root: [String: Any]

    init(_ text: String) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw UnknownKeyword(name: "the schema is no object")
        }
        self.root = root
    }

    /// The places, as JSON pointers, and the keywords that they fail.
    func mistakes(in value: Any) throws -> [String] { try check(value, root, at: "/") }

    private func check(_ value: Any, _ schema: Any, at place: String) throws -> [String] {
        if let all = schema as? Bool, !(schema is [String: Any]) { return all ? [] : ["\(place): nothing may be here"] }
        guard let schema = schema as? [String: Any] else { throw UnknownKeyword(name: "\(schema)") }
        var mistakes: [String] = []
        for (keyword, argument) in schema {
            mistakes += try check(value, keyword, argument, schema, at: place)
        }
        return mistakes
    }

    private func check(
        _ value: Any, _ keyword: String, _ argument: Any, _ schema: [String: Any], at place: String
    ) throws -> [String] {
        func fails(_ isRight: Bool) -> [String] { isRight ? [] : ["\(place): \(keyword) \(argument)"] }
        let object = value as? [String: Any]
        let number = value as? Double
        switch keyword {
        case "$schema", "title", "description", "default", "$defs", "then", "else": return []
        case "type":
            let names = argument as? [String] ?? [argument as? String ?? ""]
            return fails(names.contains { isOf(value, type: $0) })
        case "enum":
            guard let text = value as? String else { return fails(false) }
            return fails((argument as? [String] ?? []).contains(text))
        case "const": return fails(value as? String == argument as? String)
        case "pattern":
            guard let text = value as? String, let pattern = argument as? String else { return [] }
            return fails(try text.contains(Regex(pattern)))
        case "minimum": return fails(number.map { $0 >= bound(argument) } ?? true)
        case "maximum": return fails(number.map { $0 <= bound(argument) } ?? true)
        case "exclusiveMinimum": return fails(number.map { $0 > bound(argument) } ?? true)
        case "exclusiveMaximum": return fails(number.map { $0 < bound(argument) } ?? true)
        case "minItems": return fails((value as? [Any]).map { Double($0.count) >= bound(argument) } ?? true)
        case "maxItems": return fails((value as? [Any]).map { Double($0.count) <= bound(argument) } ?? true)
        case "required":
            guard let object else { return [] }
            return fails((argument as? [String] ?? []).allSatisfy { object[$0] != nil })
        case "properties":
            guard let object, let properties = argument as? [String: Any] else { return [] }
            return try object.flatMap { key, value in
                try properties[key].map { try check(value, $0, at: place == "/" ? "/\(key)" : "\(place)/\(key)") } ?? []
            }
        case "additionalProperties":
            guard let object else { return [] }
            let known = (schema["properties"] as? [String: Any] ?? [:]).keys
            return try object.filter { !known.contains($0.key) }.flatMap { key, value in
                try check(value, argument, at: argument is [String: Any] ? "\(place)/\(key)" : place)
            }
        case "propertyNames": return try (object ?? [:]).keys.flatMap { try check($0, argument, at: place) }
        case "items":
            return try (value as? [Any] ?? []).enumerated().flatMap { try check($1, argument, at: "\(place)/\($0)") }
        case "allOf": return try (argument as? [Any] ?? []).flatMap { try check(value, $0, at: place) }
        case "anyOf":
            let all = try (argument as? [Any] ?? []).map { try check(value, $0, at: place) }
            return all.contains { $0.isEmpty } ? [] : ["\(place): anyOf"] + all.flatMap { $0 }
        case "if":
            let branch = try check(value, argument, at: place).isEmpty ? schema["then"] : schema["else"]
            return try branch.map { try check(value, $0, at: place) } ?? []
        case "$ref":
            let name = (argument as? String ?? "").replacing("#/$defs/", with: "")
            guard let target = (root["$defs"] as? [String: Any])?[name] else { throw UnknownKeyword(name: name) }
            return try check(value, target, at: place)
        default: throw UnknownKeyword(name: keyword)
        }
    }

    private func bound(_ argument: Any) -> Double { (argument as? NSNumber)?.doubleValue ?? .nan }

    private func isOf(_ value: Any, type: String) -> Bool {
        switch type {
        case "null": value is NSNull
        case "string": value is String
        case "number": value is Double
        case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
        case "boolean": value is Bool
        case "array": value is [Any]
        case "object": value is [String: Any]
        default: false
        }
    }
}

/// A recipe's values as YAML's core schema makes JSON of them.
enum JSONFromYAML {
    static func value(_ written: DeclaredValue) -> Any {
        switch written.content {
        case .null: return NSNull()
        case .scalar(let text, let quoted):
            if quoted { return text }
            switch text {
            case "true", "True", "TRUE": return true
            case "false", "False", "FALSE": return false
            default: break
            }
            let number = /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/
            if (try? number.wholeMatch(in: text)) != nil, let number = Double(text) { return number }
            return text
        case .sequence(let items): return items.map(value)
        case .mapping(let entries):
            return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, value($0.value)) })
        }
    }
}
