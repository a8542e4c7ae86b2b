// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@testable import KindlingCLI

/// Searching over what a recipe leaves open.
@Suite struct TuneTests {
    private let recipe = """
        name: small
        data: {type: Iris, batch_size: 16, validation_fraction: 0.2}
        model: {type: MLP, in_features: 4, hidden: ["${choice: 4, 8}"], out_features: 3}
        loss: CrossEntropy
        optimizer: {type: Adam, learning_rate: "${range: 1e-4, 1e-2, log}"}
        trainer: {max_epochs: 2}

        """

    @Test func everyCombinationIsTriedOnce() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let arguments = [
            "tune", "\(folder.path)/small.yaml", "--points", "2", "--run-dir", "\(folder.path)/runs", "--json",
        ]
        let first = await kindlingArray(arguments)
        #expect(first.status == 0, "\(first.messages)")
        let result = try JSON(reading: first.output)
        #expect(result["monitor"]?.string == "val_loss")
        let trials = result["trials"]?.items ?? []
        let tried = Set(
            trials.map { trial in
                ["model.hidden.0", "optimizer.learning_rate"].map { trial["values"]?[$0]?.string ?? "" }
            })
        #expect(tried == [["4", "0.0001"], ["4", "0.01"], ["8", "0.0001"], ["8", "0.01"]])
        // The best first.
        let figures = trials.compactMap { $0["figure"]?.double }
        #expect(figures.count == 4 && figures == figures.sorted())
        let runs = folder.files.filter { $0.hasSuffix("best.h5") }
        #expect(runs.count == 4 && runs.allSatisfy { $0.hasPrefix("runs/small-tune/") })
        // Again: nothing is run, the table is the same.
        let again = await kindlingArray(arguments)
        #expect(again.output == first.output)
        #expect(again.messages.contains("4 of 4 trials are known"), "\(again.messages)")
        #expect(folder.files.count { $0.hasSuffix("best.h5") } == 4)
    }

    @Test func aSearchGoesOnWhereItWasEnded() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let arguments = ["tune", "\(folder.path)/small.yaml", "--trials", "3", "--run-dir", "\(folder.path)/runs"]
        let first = await kindlingArray(arguments)
        #expect(first.status == 0, "\(first.messages)")
        #expect(first.messages.contains("The best: kindling fit"))
        // As if the machine had gone down while the third line was written.
        let log = "runs/small-tune/tune.jsonl"
        let lines = folder.text(log).split(separator: "\n")
        #expect(lines.count == 3)
        try folder.write(lines[..<2].joined(separator: "\n") + "\n" + lines[2].prefix(30), to: log)
        let again = await kindlingArray(arguments)
        #expect(again.messages.contains("2 of 3 trials are known"), "\(again.messages)")
        #expect(again.messages.contains("trial 3 of 3: "))
        #expect(folder.files.count { $0.hasSuffix("best.h5") } == 4)
        // Another recipe's trials are others.
        let other = await kindlingArray(arguments + ["trainer.max_epochs=1"])
        #expect(!other.messages.contains("are known"), "\(other.messages)")
    }

    @Test func rangesAndDraws() throws {
        func values(_ text: String) throws -> RecipeChoice.Values {
            let root = try loadRecipeChoices("x: \"\(text)\"")
            return try #require(root.first).values
        }
        #expect(try values("${choice: relu, 'a, b', [1, 2]}").grid(points: 9) == ["relu", "\"a, b\"", "[1, 2]"])
        #expect(try values("${range: 1, 3}").grid(points: 5) == ["1", "2", "3"])
        #expect(try values("${range: 0, 100}").grid(points: 3) == ["0", "50", "100"])
        #expect(try values("${range: 0.0, 1}").grid(points: 3) == ["0.0", "0.5", "1.0"])
        #expect(try values("${range: 1e-4, 1e-2, log}").grid(points: 3) == ["0.0001", "0.001", "0.01"])
        #expect(try values("${range: 1, 8}").value(at: 0.999_999) == "8")
        #expect(try values("${range:1,8}").value(at: 0) == "1")
        let open = try loadRecipeChoices("a: \"${choice: 1, 2}\"\n\"b.c\": \"${choice: 3, 4}\"")
        #expect(open.map(\.path) == ["a", "\"b.c\""])
        let plan = SearchPlan(random: open, count: 50, seed: 1)
        #expect(Set(plan.trials) == [["1", "3"], ["1", "4"], ["2", "3"], ["2", "4"]])
        #expect(SearchPlan(random: open, count: 50, seed: 1).trials == plan.trials)
    }

    @Test(arguments: [
        ("${range: 3, 1}", "write the lower end first"), ("${range: 0, 1, log}", "begins above 0"),
        ("${range: 1}", "write a range as"), ("${range: 1, 2, lin}", "can be 'log', found 'lin'"),
        ("${choice:}", "names nothing to choose from"), ("a-${choice: 1, 2}", "stands alone"),
    ])
    func whatIsLeftOpenWrongly(_ text: String, _ message: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe + "seed: \"\(text)\"\n", to: "small.yaml")
        let run = await kindling("tune", "\(folder.path)/small.yaml", "--run-dir", folder.path)
        #expect(run.status == 2)
        #expect(run.messages.contains("small.yaml:7:7: error:") && run.messages.contains(message), "\(run.messages)")
    }

    @Test func otherVerbsSayWhatIsOpen() async throws {
        let folder = try TemporaryFolder()
        try folder.write(recipe, to: "small.yaml")
        let run = await kindling("check", "\(folder.path)/small.yaml")
        #expect(run.status == 2)
        #expect(run.messages.contains("this value is left open for 'kindling tune'"), "\(run.messages)")
        let wrong = await kindling(
            "tune", "\(folder.path)/small.yaml", "loss=CrossEntropi", "--run-dir", "\(folder.path)/runs")
        #expect(wrong.status == 2)
        #expect(wrong.messages.contains("did you mean 'CrossEntropy'?"), "\(wrong.messages)")
        #expect(!folder.files.contains { $0.hasPrefix("runs") })
    }

    private func loadRecipeChoices(_ text: String) throws -> [RecipeChoice] {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "r.yaml")
        let loading = try RecipePlace("\(folder.path)/r.yaml").loading([])
        return try RecipeChoice.all(in: try #require(loading.unresolved), sources: loading.sources)
    }
}
