// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct LayersTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "recipes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    private func load(_ name: String, _ overrides: [String] = []) throws(RecipeError) -> Recipe {
        try loadRecipe(path: folder.appending(path: name).path, overrides: overrides)
    }

    @Test func mappingsAreMergedDeepAndListsReplaced() throws {
        try write("base.yaml", "seed: 1\ntrainer: {max_epochs: 5, limits: {train: 1, test: 2}}\nlayers: [a, b]\n")
        try write("own.yaml", "extends: base.yaml\nlayers: [c]\ntrainer: {limits: {test: 3}, verbose: true}\nname: x\n")
        let expected = """
            seed: 1
            trainer:
              max_epochs: 5
              limits:
                train: 1
                test: 3
              verbose: true
            layers:
              - c
            name: x

            """
        #expect(try load("own.yaml").root.yamlText == expected)
    }

    @Test func aComponentOfAnotherTypeReplacesTheWhole() throws {
        try write("base.yaml", "optimizer: {type: SGD, momentum: 0.9}\nloss: {type: Huber, delta: 1}\n")
        try write("own.yaml", "extends: base.yaml\noptimizer: {type: Adam}\nloss: {type: Huber, mean: true}\n")
        #expect(
            try load("own.yaml").root.yamlText
                == "optimizer:\n  type: Adam\nloss:\n  type: Huber\n  delta: 1\n  mean: true\n")
    }

    @Test func laterBasesWinAndPathsAreRelativeToTheirFile() throws {
        try write("sub/one.yaml", "extends: common.yaml\na: 1\nb: 1\n")
        try write("sub/two.yaml", "extends: ./common.yaml\nb: 2\n")
        try write("sub/common.yaml", "c: 0\na: 0\n")
        try write("own.yaml", "extends:\n  - sub/one.yaml\n  - sub/two.yaml\n")
        let recipe = try load("own.yaml")
        // `two` says what it says in whole, the part that it extends included.
        #expect(recipe.root.yamlText == "c: 0\na: 0\nb: 2\n")
        #expect(
            recipe.sources.map { $0.name.split(separator: "/").last } == [
                "own.yaml", "one.yaml", "common.yaml", "two.yaml",
            ])
    }

    @Test func valuesKeepTheFileTheyWereWrittenIn() throws {
        try write("base.yaml", "seed: 1\n")
        try write("own.yaml", "extends: base.yaml\nname: x\n")
        let root = try load("own.yaml").root
        #expect(root["seed"]?.origin.source == folder.appending(path: "base.yaml").path)
        #expect(root["name"]?.origin.source == folder.appending(path: "own.yaml").path)
    }

    @Test func aMissingFileNamesTheNearestAndTheWorkingFolder() throws {
        try write("iris.yaml", "seed: 1\n")
        #expect(throws: RecipeError.self) { try load("irs.yaml") }
        let path = folder.path
        #expect(
            message("irs.yaml")
                == "\(path)/irs.yaml: error: there is no file '\(path)/irs.yaml'; did you mean '\(path)/iris.yaml'?")
        #expect(
            message("iris") == "\(path)/iris: error: there is no file '\(path)/iris'; did you mean '\(path)/iris.yaml'?"
        )
        #expect(
            message("recipes/iris.yaml")
                == "\(path)/recipes/iris.yaml: error: there is no file '\(path)/recipes/iris.yaml'; there is no folder '\(path)/recipes' either"
        )
        #expect(
            message("mnist.yaml")
                == "\(path)/mnist.yaml: error: there is no file '\(path)/mnist.yaml'; there is '\(path)/iris.yaml'")
        let relative = text(of: { try loadRecipe(path: "no-such-recipe-here.yaml") })
        let current = FileManager.default.currentDirectoryPath
        #expect(
            relative.hasPrefix(
                "no-such-recipe-here.yaml: error: there is no file 'no-such-recipe-here.yaml' in \(current); "))
    }

    @Test func aFolderAndAnEmptyPathAreExplained() throws {
        try write("sub/a.yaml", "seed: 1\n")
        let path = folder.path
        #expect(message("sub") == "\(path)/sub: error: this is a folder, not a recipe; there is '\(path)/sub/a.yaml'")
        #expect(text(of: { try loadRecipe(path: "") }) == "recipe: error: the path is empty; give a recipe's path")
    }

    @Test func aRecipeOfMoreThanFourMebibytesIsRefused() throws {
        try write("big.yaml", "a: " + String(repeating: "x ", count: 2_100_000))
        #expect(
            message("big.yaml") == "\(folder.path)/big.yaml: error: this is larger than 4 MiB, too large for a recipe")
    }

    private func message(_ name: String) -> String { text { try load(name) } }
}

/// The text of the error that loading ends with.
func text(of load: () throws -> Recipe) -> String {
    do { return "no error: \(try load().root.yamlText)" } catch { return "\(error)" }
}
