// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Logs figures of the test's own, one an epoch, as `score` and `val_score`.
func scored(_ scores: [Double]) -> Scripted {
    Scripted { net, batch, context in
        context.log("score", scores[min(context.epoch, scores.count - 1)])
        let loss = crossEntropy(net(batch.inputs), batch.targets)
        context.log("loss", loss)
        return loss
    }
}

/// The names in a folder, sorted.
func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

@Suite struct ModelCheckpointTests {
    private func kept(
        _ callbacks: [any Callback], scores: [Double], epochs: Int, data: Points = Points(training: 8, validation: 4)
    ) async throws -> (folder: Folder, checkpoints: String) {
        let folder = try Folder()
        let result = try await Trainer(limit: .epochs(epochs), callbacks: callbacks, options: options(in: folder))
            .fit(scored(scores), data: data)
        return (folder, "\(try #require(result.directory))/checkpoints")
    }

    @Test func bestAndNewestAreKeptUnderTheirNames() async throws {
        let (folder, path) = try await kept(
            [ModelCheckpoint(monitor: "val_score", mode: .max, keepBest: 2, fileName: "e{epoch}-{val_score:2}")],
            scores: [0.5, 0.9, 0.7, 0.25], epochs: 4)
        #expect(try names(in: path) == ["best.h5", "e2-0.90.h5", "e3-0.70.h5", "e4-0.25.h5", "last.h5"])
        #expect(try Checkpoint(path: "\(path)/best.h5").progress.epoch == 2)
        #expect(try Checkpoint(path: "\(path)/last.h5").progress.epoch == 4)
        #expect(try Checkpoint(path: "\(path)/e3-0.70.h5").progress.epoch == 3)
        withExtendedLifetime(folder) {}
    }

    @Test func withOneToKeepThereAreTwoFiles() async throws {
        let (folder, path) = try await kept(
            [ModelCheckpoint(monitor: "score")], scores: [0.5, 0.3, .nan, 0.4], epochs: 4)
        #expect(try names(in: path) == ["best.h5", "last.h5"])
        #expect(try Checkpoint(path: "\(path)/best.h5").progress.epoch == 2)
        withExtendedLifetime(folder) {}
    }

    @Test func allAreKeptWhenAsked() async throws {
        let (folder, path) = try await kept(
            [ModelCheckpoint(monitor: "score", keepBest: nil, keepLast: 0, everyEpochs: 2)], scores: [1, 1, 1, 1],
            epochs: 4)
        #expect(try names(in: path) == ["best.h5", "epoch-2-step-4.h5", "epoch-4-step-8.h5"])
        // The first that reaches a figure stays the best.
        #expect(try Checkpoint(path: "\(path)/best.h5").progress.epoch == 2)
        withExtendedLifetime(folder) {}
    }

    @Test func newestAreKeptByNumber() async throws {
        let (folder, path) = try await kept(
            [ModelCheckpoint(monitor: "score", keepBest: 0, keepLast: 2)], scores: [1], epochs: 4)
        #expect(try names(in: path) == ["epoch-3-step-6.h5", "epoch-4-step-8.h5", "last.h5"])
        withExtendedLifetime(folder) {}
    }

    @Test func stepsAndSecondsAreCounted() async throws {
        let saved = [
            (ModelCheckpoint(monitor: "score", keepBest: 0, everyEpochs: nil, everySteps: 3), [3, 6]),
            (ModelCheckpoint(monitor: "score", keepBest: 0, everyEpochs: nil, everySeconds: 1e-9), Array(1...8)),
            (ModelCheckpoint(monitor: "score", keepBest: 0, everyEpochs: nil, everySeconds: 1e6), []),
        ]
        for (checkpoint, expected) in saved {
            var steps: [Int] = []
            _ = try await kept(
                [checkpoint, LambdaCallback(checkpointSaved: { _, run in steps.append(run.progress.step) })],
                scores: [1], epochs: 4)
            #expect(steps == expected)
        }
    }

    @Test func errorsLeaveWhatWasReached() async throws {
        let folder = try Folder()
        let trainer = Trainer(
            callbacks: [ModelCheckpoint(), After(step: 9) { _ in throw Mishap() }], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(found == "mishap")
        let run = try #require(try names(in: "\(folder.path)/Classifier").first)
        let path = "\(folder.path)/Classifier/\(run)/checkpoints"
        #expect(try names(in: path) == ["best.h5", "exception.h5", "last.h5"])
        #expect(try Checkpoint(path: "\(path)/exception.h5").progress.step == 9)
        #expect(try Checkpoint(path: "\(path)/last.h5").progress.step == 6)
    }

    @Test func failedSaveLosesNothing() async throws {
        /// Refuses to be saved in the third epoch.
        final class Refusing: Callback {
            var epoch = 0
            func epochStarted(_ run: any RunControl) async throws { epoch = run.progress.epoch }
            func saveState() throws -> String? {
                if epoch == 2 { throw Mishap() }
                return "\(epoch)"
            }
        }
        let folder = try Folder()
        let checkpoint = ModelCheckpoint(monitor: "score", keepBest: 1, onException: false, fileName: "e{epoch}")
        let trainer = Trainer(callbacks: [Refusing(), checkpoint], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(scored([3, 2, 1]), data: Points()) }
        #expect(found == "mishap")
        let run = try #require(try names(in: "\(folder.path)/Scripted").first)
        let path = "\(folder.path)/Scripted/\(run)/checkpoints"
        #expect(try names(in: path) == ["best.h5", "e2.h5", "last.h5"])
        #expect(try Checkpoint(path: "\(path)/best.h5").progress.epoch == 2)
        #expect(try checkpoint.saveState() == #"{"best":[{"file":"e2.h5","value":2}],"newest":["e2.h5"]}"#)
    }

    @Test func namesAreFilledIn() throws {
        let metrics = MetricValues([("val_loss", 0.123456), ("a/b", 2)])
        let cases = [
            ("plain", "plain"), ("epoch-{epoch}-{step}", "epoch-3-70"), ("{val_loss}", "0.1235"),
            ("{val_loss:2}x{a/b:0}", "0.12x2"), ("a/b{epoch}", "a-b3"),
        ]
        for (pattern, expected) in cases {
            #expect(try CheckpointName(pattern).text(epoch: 3, step: 70, metrics: metrics) == expected)
        }
        #expect(throws: TrainingError.self) { try CheckpointName("{val_loss") }
        #expect(throws: TrainingError.self) { try CheckpointName("{val_loss:x}") }
        #expect(throws: TrainingError.self) { try CheckpointName("{}") }
        let unknown = #expect(throws: TrainingError.self) {
            try CheckpointName("{val_los}").text(epoch: 0, step: 0, metrics: metrics)
        }
        #expect(unknown?.description.contains("did you mean 'val_loss'?") == true)
    }

    @Test func equalNamesGetNumbers() async throws {
        let (folder, path) = try await kept(
            [ModelCheckpoint(monitor: "score", keepBest: 3, keepLast: 0, fileName: "best")], scores: [3, 2, 1],
            epochs: 3)
        #expect(try names(in: path) == ["best-2.h5", "best-3.h5", "best-4.h5", "best.h5"])
        #expect(try Checkpoint(path: "\(path)/best.h5").progress.epoch == 3)
        withExtendedLifetime(folder) {}
    }

    @Test func numbersHaveAsManyDigitsAsAsked() {
        let cases: [(Double, Int, String)] = [
            (1.005, 2, "1.00"), (-0.126, 2, "-0.13"), (-0.001, 2, "0.00"), (12, 0, "12"), (.nan, 3, "nan"),
            (1e20, 2, "1e+20"), (0.5, 4, "0.5000"),
        ]
        for (value, digits, expected) in cases { #expect(fixed(value, digits: digits) == expected) }
    }
}
