// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@Suite struct FitTests {
    @Test func irisReachesItsAccuracyAndLeavesItsFiles() async throws {
        let folder = try TemporaryFolder()
        let run = await kindling("fit", "\(root)/recipes/iris.yaml", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        let names = folder.files.map { $0.split(separator: "/").dropFirst(2).joined(separator: "/") }
        #expect(
            Set(names).subtracting([""]) == [
                "recipe.yaml", "metrics.csv", "metrics_steps.csv", "report.html", "checkpoints", "checkpoints/best.h5",
                "checkpoints/last.h5",
            ])
        let rows = try #require(folder.files.first { $0.hasSuffix("metrics.csv") }).withText(in: folder)
        #expect(rows.count == 51)
        let header = rows[0].split(separator: ",")
        #expect(header.prefix(4) == ["epoch", "step", "seconds", "learning_rate"])
        let place = try #require(header.firstIndex(of: "val_accuracy"))
        let accuracy = try #require(Double(rows[50].split(separator: ",")[place]))
        #expect(accuracy >= 0.95)
        // A summary before, a table after.
        #expect(run.messages.contains("403 parameters"))
        #expect(run.messages.contains("Metric    Training  Validation"))
    }

    @Test func reportCanBeLeftOut() async throws {
        let folder = try TemporaryFolder()
        let run = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "trainer.max_epochs=1", "--no-report", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        #expect(!folder.files.contains { $0.hasSuffix("report.html") })
    }

    @Test func overridesChangeTheRun() async throws {
        let folder = try TemporaryFolder()
        let run = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "trainer.max_epochs=3", "name=short", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        let metrics = try #require(folder.files.first { $0.hasPrefix("short/") && $0.hasSuffix("metrics.csv") })
        #expect(metrics.withText(in: folder).count == 4)
        let recipe = try #require(folder.files.first { $0.hasSuffix("recipe.yaml") })
        #expect(folder.text(recipe).contains("max_epochs: 3"))
    }

    @Test func resumingGivesTheWeightsOfARunNeverStopped() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        let whole = await kindling("fit", recipe, "trainer.max_epochs=6", "name=whole", "--run-dir", folder.path)
        let first = await kindling("fit", recipe, "trainer.max_epochs=2", "name=parts", "--run-dir", folder.path)
        let second = await kindling(
            "fit", recipe, "trainer.max_epochs=6", "name=parts", "--resume", "last", "--run-dir", folder.path)
        #expect([whole.status, first.status, second.status] == [0, 0, 0], "\(second.messages)")
        let all = try #require(folder.files.first { $0.hasPrefix("whole/") && $0.hasSuffix("metrics.csv") })
        let parts = try #require(folder.files.first { $0.hasPrefix("parts/") && $0.hasSuffix("metrics.csv") })
        // Everything but the seconds is equal, to the last digit.
        func figures(_ file: String) -> [[Substring]] {
            file.withText(in: folder).map { row in
                row.split(separator: ",").enumerated().filter { $0.offset != 2 }.map(\.element)
            }
        }
        #expect(figures(all) == figures(parts))
    }

    @Test func aCheckpointIsEnoughToEvaluateAndPredict() async throws {
        let folder = try TemporaryFolder()
        let fit = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "trainer.max_epochs=20", "--quiet", "--run-dir", folder.path)
        #expect(fit.status == 0)
        #expect(fit.messages.isEmpty)
        let best = try #require(folder.files.first { $0.hasSuffix("best.h5") })
        for verb in ["validate", "test"] {
            let run = await kindling(verb, "\(folder.path)/\(best)")
            #expect(run.status == 0, "\(run.messages)")
            #expect(run.output.contains(verb == "test" ? "test_accuracy" : "val_accuracy"))
        }
        let run = await kindling("predict", "\(folder.path)/\(best)", "--output", "\(folder.path)/out.csv")
        #expect(run.status == 0, "\(run.messages)")
        let rows = "out.csv".withText(in: folder)
        #expect(rows[0] == "index,predicted,setosa,versicolor,virginica")
        #expect(rows.count > 1)
        let again = await kindling("predict", "\(folder.path)/\(best)", "--output", "\(folder.path)/out.csv")
        #expect(again.status == 2)
        #expect(again.messages.contains("is there already"))
    }
}

extension String {
    /// The lines of a file of this name.
    fileprivate func withText(in folder: borrowing TemporaryFolder) -> [String] {
        folder.text(self).split(separator: "\n").map(String.init)
    }
}
