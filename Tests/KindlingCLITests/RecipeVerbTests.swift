// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@testable import KindlingCLI

/// Looking at recipes: show, diff, check.
@Suite struct RecipeVerbTests {
    private let recipe = """
        name: small
        data: {type: Iris, batch_size: 16}
        model:
          type: Sequential
          layers:
            - {type: Linear, in_features: 4, out_features: 8}
            - ReLU
            - {type: Linear, in_features: 8, out_features: 3}
        loss: CrossEntropy
        optimizer: {type: Adam, learning_rate: 1e-2}
        callbacks: []

        """

    @Test func whatIsShownIsTheSameRecipe() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "base.yaml")
        try folder.write(
            "extends: base.yaml\nnote: &n ok\nname: upper\n".replacing("note: &n ok\n", with: ""), to: "upper.yaml")
        let shown = await kindling("show", "\(folder.path)/upper.yaml", "optimizer.learning_rate=5e-3")
        #expect(shown.status == 0, "\(shown.messages)")
        try folder.write(shown.output, to: "shown.yaml")
        let diff = await kindling(
            "diff", "\(folder.path)/shown.yaml", "\(folder.path)/base.yaml", "--exit-code")
        #expect(diff.status == 1)
        let rows = diff.output.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").map(String.init) }
        #expect(rows == [["name", "upper", "small"], ["optimizer.learning_rate", "5e-3", "1e-2"]])
        // With its notes it is still the recipe: comments say nothing to a reader.
        let noted = await kindling("show", "\(folder.path)/upper.yaml", "optimizer.learning_rate=5e-3", "--origins")
        try folder.write(noted.output, to: "noted.yaml")
        let same = await kindling("diff", "\(folder.path)/noted.yaml", "\(folder.path)/shown.yaml", "--exit-code")
        #expect(same.status == 0, "\(same.output)")
        #expect(same.output == "They say the same.\n")
    }

    @Test func originsNameFileLineAndArgument() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "base.yaml")
        try folder.write("extends: base.yaml\nname: upper\n", to: "upper.yaml")
        let noted = await kindling("show", "\(folder.path)/upper.yaml", "seed=7", "--origins")
        let lines = noted.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("name: upper # \(folder.path)/upper.yaml:2:7"))
        #expect(lines.contains("batch_size: 16 # \(folder.path)/base.yaml:2:32"))
        #expect(lines.contains("- ReLU # \(folder.path)/base.yaml:7:7"))
        #expect(lines.contains("- type: Linear # \(folder.path)/base.yaml:6:14"))
        #expect(lines.contains("callbacks: [] # \(folder.path)/base.yaml:11:12"))
        #expect(lines.contains("seed: 7 # argument seed=7"))
    }

    @Test func programsGetJSON() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a: {b: [1, 2.5, \"3\", true, null, no]}\nc: \"x\\ty\\\"\"\nd: {}\n", to: "any.yaml")
        let run = await kindling("show", "\(folder.path)/any.yaml", "--json", "--origins")
        let read = try JSON(reading: run.output)
        #expect(
            read["recipe"]?["a"]?.line == "{\"b\": [1, 2.5, \"3\", true, null, \"no\"]}", "\(run.output)")
        #expect(read["recipe"]?["c"]?.string == "x\ty\"")
        #expect(read["origins"]?["a.b.1"]?.string == "\(folder.path)/any.yaml:1:12")
        let diff = await kindling("diff", "\(folder.path)/any.yaml", "\(folder.path)/any.yaml", "--json")
        #expect(diff.output == "[]\n")
    }

    @Test func aSoundRecipeHasATable() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let run = await kindling("check", "\(folder.path)/small.yaml")
        #expect(run.status == 0, "\(run.messages)")
        // 4·8 + 8 + 8·3 + 3 parameters, 2·(4·8 + 8·3) operations.
        #expect(
            run.output.contains("small.yaml: no mistakes; 67 parameters, 268 bytes; 112 operations"), "\(run.output)")
        let json = try JSON(reading: await kindling("check", "\(folder.path)/small.yaml", "--json").output)
        #expect(json.items.first?["errors"]?.items.isEmpty == true)
        #expect(json.items.first?["model"]?["trainable_parameters"]?.int == 67)
        #expect(json.items.first?["model"]?["layers"]?.items.last?["output"]?.line == "[1, 3]")
    }

    @Test func everyMistakeOfEveryRecipeIsShown() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "sound.yaml")
        try folder.write("data: {type: Iriss}\ndata: {type: Iris}\nmodel: ReLU\nloss: CrossEntropi\n", to: "wrong.yaml")
        let run = await kindling(
            "check", "\(folder.path)/wrong.yaml", "\(folder.path)/sound.yaml", "\(folder.path)/none.yaml",
            "model.layers=[{type: Linear, in_features: 4, out_features: 3}]", "--quiet")
        #expect(run.status == 2)
        let paths = run.messages.split(separator: "\n").filter { $0.contains("error:") }
        #expect(paths.contains { $0.contains("wrong.yaml:2:1: error:") }, "\(run.messages)")
        #expect(paths.contains { $0.contains("none.yaml") }, "\(run.messages)")
        #expect(run.output.contains("sound.yaml: no mistakes; 15 parameters"), "\(run.output)")
    }

    @Test func layersThatDoNotFitAreNamed() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let run = await kindling("check", "\(folder.path)/small.yaml", "model.layers.2.in_features=9")
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        for part in [
            "small.yaml:8:7: error: Linear '2' cannot take [N, 8] from Linear '0'", "[3, 9]", "argument 1: note:",
        ] {
            #expect(run.messages.contains(part), "\(run.messages)")
        }
    }

    @Test func runsAndCheckpointsHaveTheirRecipe() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let fit = await kindling(
            "fit", "\(folder.path)/small.yaml", "trainer.max_epochs=1", "--quiet", "--run-dir", "\(folder.path)/runs")
        #expect(fit.status == 0, "\(fit.messages)")
        let best = try #require(folder.files.first { $0.hasSuffix("best.h5") })
        let run = String(best.dropLast("/checkpoints/best.h5".count))
        let diff = await kindling("diff", "\(folder.path)/small.yaml", "\(folder.path)/\(run)")
        #expect(diff.output.contains("trainer.max_epochs  –"), "\(diff.output)")
        let same = await kindling("diff", "\(folder.path)/\(best)", "\(folder.path)/\(run)")
        #expect(same.output == "They say the same.\n")
        let test = await kindling("validate", "\(folder.path)/\(run)", "--checkpoint", "last")
        #expect(test.status == 0, "\(test.messages)")
        #expect(test.output.contains("weights of \(folder.path)/\(run)/checkpoints/last.h5"))
    }
}
