// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The JSON Schema (draft 2020-12) of recipes, by which editors complete and check them.
///
/// Made of the declarations that recipes are read by. YAML's core schema is taken to say what scalars are; a text with
/// `${…}` passes everywhere, for only the whole recipe says what it stands for. The schema checks a recipe as it is
/// written: one that extends another, and a profile, may leave out what the other says.
public struct RecipeSchema: Sendable {
    /// The schema as JSON, with a line end.
    public let text: String

    /// The schema of recipes that can name the built-in components and a project's own.
    public init(additions: [ComponentCatalog] = []) {
        self.init(RecipeVocabulary(additions: additions))
    }

    /// The schema of a vocabulary.
    public init(_ vocabulary: RecipeVocabulary) {
        var definitions = SchemaDefinitions(vocabulary)
        text = RecipeSchema.document(vocabulary.recipe, &definitions).text
    }

    private static func document(
        _ fields: [FieldDescription], _ definitions: inout SchemaDefinitions
    ) -> JSONNode {
        let whole = definitions.properties(fields, isPart: false)
        let part = definitions.properties(fields, isPart: true)
        let names = fields.map { ($0.key, JSONNode.object([("description", .string($0.documentation))])) }
        let keys = fields.map { JSONNode.string($0.key) }
        let required = fields.filter(\.isRequired).map { JSONNode.string($0.key) }
        let parts: [(String, JSONNode)] = [
            (
                "part",
                .object([
                    ("description", .string("Some of a recipe's keys, laid over those of others.")),
                    ("properties", .object(part)),
                ])
            ),
            (
                "profile",
                .object([
                    ("type", .array([.string("object"), .string("null")])),
                    ("$ref", .string("#/$defs/part")),
                    ("propertyNames", .object([("enum", .array(keys))])),
                ])
            ),
        ]
        return .object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("Kindling recipe")),
            ("type", .string("object")),
            ("properties", .object([("extends", extends), ("profiles", profiles)] + names)),
            ("additionalProperties", .literal("false")),
            ("if", .object([("required", .array([.string("extends")]))])),
            ("then", .object([("$ref", .string("#/$defs/part"))])),
            ("else", .object([("properties", .object(whole)), ("required", .array(required))])),
            ("$defs", .object(parts + definitions.all())),
        ])
    }

    private static let extends = JSONNode.object([
        ("description", .string("The recipe, or the recipes, that this one is laid over, relative to this file.")),
        (
            "anyOf",
            .array([
                .object([("type", .string("string"))]),
                .object([
                    ("type", .string("array")), ("minItems", .literal("1")),
                    ("maxItems", .literal("\(RecipeBudget.basesPerRecipe)")),
                    ("items", .object([("type", .string("string"))])),
                ]),
            ])
        ),
    ])

    private static let profiles = JSONNode.object([
        ("description", .string("Changes by name, such as debug, that are made when a profile is asked for.")),
        ("type", .array([.string("object"), .string("null")])),
        ("additionalProperties", .object([("$ref", .string("#/$defs/profile"))])),
    ])
}
