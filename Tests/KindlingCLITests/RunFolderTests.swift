// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import KindlingCLI

/// Runs and their files are found again, whatever they are called.
@Suite struct RunFolderTests {
    @Test(arguments: ["my run", "../../x", "..", "", "a/b", "größer"])
    func aRunIsFoundByItsName(_ name: String) async throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "\(root)/recipes/iris.yaml", "name='\(name)'", "--quiet", "--run-dir", folder.path + "/my runs",
        ]
        let fit = await kindlingArray(["fit", "trainer.max_epochs=2"].reordered(with: arguments))
        #expect(fit.status == 0, "\(fit.messages)")
        let more = await kindlingArray(
            ["fit", "trainer.max_epochs=3"].reordered(with: arguments) + ["--resume", "last"])
        #expect(more.status == 0, "\(more.messages)")
        let test = await kindlingArray(["test"] + arguments)
        #expect(test.status == 0, "\(test.messages)")
        // One run: BASE, NAME, DATE-TIME, and nothing beside them.
        #expect(folder.files.count { $0.hasSuffix("recipe.yaml") } == 1)
        #expect(folder.files.allSatisfy { $0.hasPrefix("my runs") })
    }

    @Test func noFolderAndNoCheckpointAreNoNames() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        let run = await kindling("fit", recipe, "--run-dir", "")
        #expect(run.status == 2)
        #expect(run.messages.contains("'--run-dir' is empty"), "\(run.messages)")
        let resumed = await kindling("fit", recipe, "--resume", "", "--run-dir", folder.path)
        #expect(resumed.status == 2)
        #expect(resumed.messages.contains("give best, last, or a path"), "\(resumed.messages)")
    }

    @Test(arguments: ["ModelCheckpoint", "EarlyStopping"])
    func aMisspeltFigureCostsNoEpoch(_ callback: String) async throws {
        let folder = try TemporaryFolder()
        let run = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "callbacks=[{type: \(callback), monitor: val_acc}]", "--quiet",
            "--run-dir", folder.path)
        #expect(run.status == 1)
        #expect(run.messages.contains("monitor one of: loss, accuracy, val_loss, val_accuracy"), "\(run.messages)")
        #expect(folder.files.contains { $0.hasSuffix("checkpoints/last.h5") })
    }

    @Test func aLossThatIsNoNumberReplacesNoBestWeights() async throws {
        let folder = try TemporaryFolder()
        let run = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "optimizer.learning_rate=1e30", "trainer.max_epochs=3", "--quiet",
            "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        #expect(folder.files.contains { $0.hasSuffix("last.h5") })
        #expect(!folder.files.contains { $0.hasSuffix("best.h5") })
    }

    @Test func fractionsThatLeaveNothingAreNamed() async throws {
        let run = await kindling(
            "fit", "\(root)/recipes/iris.yaml", "data.validation_fraction=0.6", "data.test_fraction=0.6")
        #expect(run.status == 1)
        #expect(run.messages.contains("validation_fraction 0.6 and test_fraction 0.6 leave nothing to learn from"))
    }

    @Test func aRunIsNotResumedWithAnotherSeed() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        let fit = await kindling("fit", recipe, "trainer.max_epochs=1", "--quiet", "--run-dir", folder.path)
        #expect(fit.status == 0, "\(fit.messages)")
        let other = await kindling("fit", recipe, "seed=3", "--resume", "last", "--quiet", "--run-dir", folder.path)
        #expect(other.status == 1)
        #expect(other.messages.contains("was written with the seed 42, this run has 3"), "\(other.messages)")
        let kept = try #require(folder.files.first { $0.hasSuffix("recipe.yaml") })
        let recipeText = folder.text(kept)
        #expect(recipeText.contains("seed: 42"))
    }

    @Test func aResumedRunThatIsDoneSaysSoWithoutAnEmptyTable() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        let fit = await kindling("fit", recipe, "trainer.max_epochs=1", "--quiet", "--run-dir", folder.path)
        #expect(fit.status == 0, "\(fit.messages)")
        let again = await kindling(
            "fit", recipe, "trainer.max_epochs=1", "--resume", "last", "--run-dir", folder.path)
        #expect(again.status == 0, "\(again.messages)")
        #expect(again.messages.contains("The run reached its limit of 1 epoch"))
        #expect(!again.messages.contains("Metric  Training"))
    }

    @Test func aDashIsStandardOutput() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        let fit = await kindling("fit", recipe, "trainer.max_epochs=1", "--quiet", "--run-dir", folder.path)
        #expect(fit.status == 0, "\(fit.messages)")
        let predict = await kindling("predict", recipe, "--output", "-", "--run-dir", folder.path)
        #expect(predict.status == 0, "\(predict.messages)")
        #expect(predict.output.hasPrefix("index,predicted,"))
        let json = await kindling("predict", recipe, "--json", "--run-dir", folder.path)
        let lines = json.output.split(separator: "\n").map(String.init)
        #expect(lines.count == predict.output.split(separator: "\n").count - 1)
        #expect(try JSON(reading: lines[0])["predicted"]?.string?.isEmpty == false, "\(json.output)")
        let nowhere = await kindling(
            "predict", recipe, "--output", "\(folder.path)/none/out.csv", "--run-dir", folder.path)
        #expect(nowhere.status == 2)
        #expect(nowhere.messages.contains("choose a folder that is there"), "\(nowhere.messages)")
    }

    @Test func outputThatIsLostIsNoticed() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(StandardOutput.write("figures\n", to: full) == ENOSPC)
        let sink = open("/dev/null", O_WRONLY)
        defer { close(sink) }
        #expect(StandardOutput.write(String(repeating: "figures\n", count: 100_000), to: sink) == 0)
        #expect(StandardOutput.write("figures\n", to: -1) == EBADF)
    }
}

extension [String] {
    /// The verb, then the shared arguments, then the changes.
    fileprivate func reordered(with shared: [String]) -> [String] { Array(prefix(1)) + shared + Array(dropFirst()) }
}
