// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingRecipes
import Testing

/// The JSON Schema, against the recipes of the gallery and against recipes that it must refuse.
///
/// `Schema/validate.py` says the same by the jsonschema package, which the checker here was compared with.
@Suite struct SchemaTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let recipes: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "recipes").path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }()
    static let text = RecipeSchema().text

    @Test func theGalleryIsThere() { #expect(Self.recipes.count >= 9) }

    @Test(arguments: recipes)
    func theSchemaPassesTheGallery(_ name: String) throws {
        let path = Self.root.appending(path: "recipes/\(name)").path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try mistakes(text) == [])
    }

    private static let base = "data: Iris\nmodel: {type: MLP, in_features: 4, hidden: [8], out_features: 3}\n"

    static let sound: [String] = [
        "", "seed: 1_000\noptimizer: {type: Adam, learning_rate: 1e-3}\n",
        "seed: ${env:SEED}\noptimizer: ${other}\ncallbacks: ${callbacks}\n", "name: 5\n", "name: no\n",
        "optimizer: null\n", "trainer:\n",
        "profiles: {debug: {trainer: {max_epochs: 1}, optimizer: {learning_rate: 1}}, none: }\n",
    ]

    @Test(arguments: sound)
    func soundRecipesPass(_ more: String) throws {
        #expect(try mistakes(Self.base + "loss: CrossEntropy\n" + more) == [])
    }

    @Test(arguments: [
        "extends: a.yaml\n", "extends: [a.yaml, b.yaml]\nmodel: {hidden: [3]}\noptimizer: {type: SGD}\n",
    ])
    func recipesThatExtendOthersMayBeParts(_ text: String) throws {
        #expect(try mistakes(text) == [])
    }

    static let wrong: [(String, String)] = [
        ("sed: 1\n", "/"), ("seed: -1\n", "/seed"), ("seed: x\n", "/seed"), ("seed: 1.5\n", "/seed"),
        ("optimizer: Adm\n", "/optimizer"), ("optimizer: {type: Adm}\n", "/optimizer"),
        ("optimizer: {learning_rate: 1}\n", "/optimizer"), ("callbacks: [CSV]\n", "/callbacks/0"),
        ("optimizer: {type: Adam, learning_rat: 1}\n", "/optimizer"), ("trainer: {max_epochs: 0}\n", "/trainer"),
        ("trainer: {epochs: 1}\n", "/trainer"), ("metrics: Accuracy\n", "/metrics"), ("extends: {}\n", "/extends"),
        ("profiles: {debug: {sed: 1}}\n", "/profiles/debug"),
        ("extends: a.yaml\noptimizer: {type: Adam, learning_rate: -1}\n", "/optimizer"),
    ]

    @Test(arguments: wrong)
    func wrongRecipesAreRefused(_ more: String, _ place: String) throws {
        let mistakes = try mistakes(Self.base + "loss: CrossEntropy\n" + more)
        #expect(mistakes.contains { $0.hasPrefix(place) }, "\(mistakes)")
    }

    @Test func whatIsRequiredIsAskedForUnlessAnotherRecipeIsExtended() throws {
        #expect(try mistakes("{}").contains { $0.hasPrefix("/: required") })
        #expect(try mistakes(Self.base).contains { $0.hasPrefix("/: required") })
    }

    @Test func everyKindThatAFieldNamesIsInTheVocabulary() {
        let vocabulary = RecipeVocabulary()
        let names = Set(vocabulary.kinds.map(\.name))
        let fields = vocabulary.recipe + vocabulary.kinds.flatMap { $0.components.flatMap(\.fields) }
        #expect(Set(fields.flatMap { kinds(in: $0.type) }).subtracting(names) == [])
        #expect(names.count == vocabulary.kinds.count)
    }

    @Test func aProjectsOwnComponentsAreInTheSchema() throws {
        let kind = ComponentKind<Int>("gadget") { [] }
        let own = Component("Gizmo", "Turns.", Field("speed", default: 1.5, "How fast.")) { (_: Double) in 1 }
        let vocabulary = RecipeVocabulary(additions: [ComponentCatalog([own], of: kind)])
        #expect(vocabulary.kinds.last?.name == "gadget")
        #expect(vocabulary.components(named: "Gizmo").map(\.documentation) == ["Turns."])
        #expect(vocabulary.components(named: "Gizmo").first?.fields.map(\.allowed) == ["number"])
        #expect(vocabulary.nearest(to: "Gizmoo") == "Gizmo")
    }

    /// With `KINDLING_SCHEMA_FILE` in the environment the schema is written there, for `Schema/validate.py`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["KINDLING_SCHEMA_FILE"] != nil))
    func theSchemaIsWrittenWhereAskedFor() throws {
        let path = try #require(ProcessInfo.processInfo.environment["KINDLING_SCHEMA_FILE"])
        try RecipeSchema().text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func mistakes(_ text: String) throws -> [String] {
        try SchemaChecker(Self.text).mistakes(in: JSONFromYAML.value(try writtenRecipe(text)))
    }

    private func kinds(in type: FieldType) -> [String] {
        switch type {
        case .integer, .number, .string, .boolean, .choice: []
        case .list(let element), .optional(let element): kinds(in: element)
        case .either(let first, let second): kinds(in: first) + kinds(in: second)
        case .component(let kind): [kind]
        case .section(let fields): fields.flatMap { kinds(in: $0.type) }
        }
    }
}
