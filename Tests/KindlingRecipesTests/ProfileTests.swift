// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct ProfileTests {
    private static let recipe = """
        seed: 1
        optimizer: {type: Adam, learning_rate: 1e-3}
        trainer: {max_epochs: 50}
        callbacks: [A, B]
        schedule: Cosine
        profiles:
          debug: {trainer: {max_epochs: 1}, callbacks: [C]}
          fast: {trainer: {max_epochs: 2}, optimizer: {learning_rate: 1e-1}}
          sgd: {optimizer: {type: SGD}}
          short: {callbacks: A, optimizer: SGD}
          shorter: {schedule: {steps: 2}}
          none:

        """

    private func root(_ profiles: [String], _ overrides: [String] = []) throws -> DeclaredValue {
        try loadRecipe(text: Self.recipe, profiles: profiles, overrides: overrides).root
    }

    @Test func withoutNamesNothingChangesAndProfilesAreNoPartOfTheRecipe() throws {
        let recipe = try loadRecipe(text: Self.recipe)
        #expect(recipe.root["profiles"] == nil)
        #expect(recipe.profiles == ["debug", "fast", "sgd", "short", "shorter", "none"])
        #expect(recipe.root["trainer"]?.yamlText == "max_epochs: 50\n")
        #expect(recipe.root.isSame(as: try root(["none"])))
    }

    @Test func profilesAreLaidOverTheRecipeInOrder() throws {
        #expect(try root(["debug"])["trainer"]?.yamlText == "max_epochs: 1\n")
        #expect(try root(["debug"])["callbacks"]?.yamlText == "- C\n")
        #expect(try root(["debug", "fast"])["trainer"]?.yamlText == "max_epochs: 2\n")
        #expect(try root(["fast", "debug"])["trainer"]?.yamlText == "max_epochs: 1\n")
        #expect(try root(["fast"])["optimizer"]?.yamlText == "type: Adam\nlearning_rate: 1e-1\n")
        #expect(try root(["sgd"])["optimizer"]?.yamlText == "type: SGD\n")
        #expect(try root(["short"])["optimizer"]?.yamlText == "SGD\n")
        #expect(try root(["shorter"])["schedule"]?.yamlText == "type: Cosine\nsteps: 2\n")
    }

    @Test func argumentsWinOverProfiles() throws {
        #expect(try root(["debug"], ["trainer.max_epochs=3"])["trainer"]?.yamlText == "max_epochs: 3\n")
        #expect(try root(["debug"], ["callbacks+=D"])["callbacks"]?.yamlText == "- C\n- D\n")
    }

    @Test func everyValueKnowsWhoSaidIt() throws {
        let recipe = try loadRecipe(
            text: Self.recipe, profiles: ["debug"], overrides: ["optimizer.learning_rate=1e-2"])
        func source(_ value: DeclaredValue?) throws -> String { "\(recipe.source(of: try #require(value).origin))" }
        #expect(try source(recipe.root["seed"]) == "recipe:1:7")
        #expect(try source(recipe.root["trainer"]?["max_epochs"]) == "profile debug at recipe:7:33")
        #expect(try source(recipe.root["optimizer"]?["learning_rate"]) == "argument optimizer.learning_rate=1e-2")
        let whole = recipe.completed()
        #expect(try source(whole["trainer"]?["max_epochs"]) == "profile debug at recipe:7:33")
        #expect(try source(whole["trainer"]?["precision"]) == "default")
        #expect(try source(whole["optimizer"]?["beta1"]) == "default")
    }

    @Test func theCompletedRecipeMakesTheSameExperiment() throws {
        let text = """
            data: Iris
            model: {type: Sequential, layers: [{type: Linear, in_features: 4, out_features: 3}, ReLU]}
            loss: CrossEntropy
            optimizer: Adam
            """
        let whole = try loadRecipe(text: text).completed()
        #expect(
            whole["optimizer"]?["learning_rate"]?.yamlText == "1e-3\n"
                || whole["optimizer"]?["learning_rate"]?.yamlText == "0.001\n")
        #expect(whole["data"]?["batch_size"]?.yamlText == "16\n")
        guard case .mapping(let entries) = whole.content else { return #expect(Bool(false)) }
        #expect(entries.first?.key == "name" && entries.first?.keyOrigin == .builtIn)
        let again = try loadRecipe(text: whole.yamlText)
        #expect(again.completed().isSame(as: whole))
        _ = try again.experiment()
    }
}

/// Recipes that stand beside each other, as those that extend each other do.
@Suite struct SeveralFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "kindling-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func write(_ name: String, _ text: String) throws -> String {
        let path = folder.appending(path: name).path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func laterFilesWinKeyByKey() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try write("a.yaml", "a: 1\nb: {x: 1, y: 1}\nprofiles: {p: {a: 7}}\n")
        let base = try write("base.yaml", "c: 3\na: 0\n")
        let second = try write("b.yaml", "extends: base.yaml\nb: {y: 2}\nprofiles: {q: {b: {x: 9}}}\n")
        let recipe = try loadRecipe(paths: [first, second], profiles: ["q"], overrides: ["d=4"])
        #expect(recipe.root.yamlText == "a: 0\nb:\n  x: 9\n  \"y\": 2\nc: 3\nd: 4\n")
        #expect(recipe.profiles == ["p", "q"])
        #expect(recipe.sources.map(\.name) == [first, second, base, "argument 1"])
        #expect(try loadRecipe(paths: [second, first], profiles: ["p"]).root["a"]?.yamlText == "7\n")
    }

    @Test func mistakesOfAllFilesAreShownAtOnce() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try write("a.yaml", "a: [1\n")
        let text = text { try loadRecipe(paths: [first, folder.path + "/no.yaml"]) }
        #expect(text.contains("a.yaml:1:6: error: a ']' is missing"))
        #expect(text.contains("no.yaml: error: there is no file"))
    }

    @Test func mistakesOfLanguageAndContentsAreShownAtOnce() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try write("a.yaml", "seed: 1\nseed: 2\ndata: Iriss\nmodel: ReLU\nloss: CrossEntropy\n")
        let error = #expect(throws: RecipeError.self) { try loadExperiment(paths: [path]) }
        #expect(error?.problems.map { "\($0.origin.line)" } == ["2", "3"])
        let none = #expect(throws: RecipeError.self) { try loadExperiment(paths: []) }
        #expect(none?.description == "recipe: error: no recipe is given; name a recipe's file")
    }
}
