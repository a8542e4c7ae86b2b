// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

private final class Empty: TrainingModule {
    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { batch.inputs.mean() }
}

private final class BrokenLogger: Logger {
    func started(_ run: any RunControl) throws { throw Mishap() }
    func log(_ epoch: EpochResult, _ run: any RunControl) throws { throw Mishap() }
    func finished(_ outcome: RunOutcome, _ run: any RunControl) throws { throw Mishap() }
}

private final class CountingLogger: Logger {
    private(set) var calls: [String] = []
    func started(_ run: any RunControl) throws { calls.append("started") }
    func log(_ epoch: EpochResult, _ run: any RunControl) throws { calls.append("epoch \(epoch.epoch)") }
    func finished(_ outcome: RunOutcome, _ run: any RunControl) throws { calls.append("finished") }
}

@Suite struct TrainerTests {
    private func loss(_ net: Linear, _ batch: Batch) -> Tensor { crossEntropy(net(batch.inputs), batch.targets) }

    @Test func metricsAreMeansOverSamples() async throws {
        let folder = try Folder()
        let module = Scripted { net, batch, context in
            context.log("position", Double(batch.indices.reduce(0, +)) / Double(batch.count))
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        let result = try await Trainer(limit: .epochs(1), options: options(in: folder))
            .fit(module, data: Points(training: 5, validation: 4, batchSize: 3, shuffle: false))
        #expect(result.metrics == MetricValues([("position", 2), ("val_position", 1.5)]))
    }

    @Test func mistakesOfModuleAndDataAreSaid() async throws {
        let folder = try Folder()
        let cases: [(module: any TrainingModule, data: Points, message: String)] = [
            (
                Scripted { net, batch, _ in net(batch.inputs) }, Points(),
                "trainingStep of Scripted returned a tensor of shape [4, 3], not one number; reduce it: loss.mean()"
            ),
            (
                Scripted { net, batch, _ in net(batch.inputs).mean().detached() }, Points(),
                "the loss of Scripted does not depend on any parameter that is learned; compute it from the module's "
                    + "layers, outside noGrad, with at least one layer not frozen"
            ),
            (
                Empty(), Points(),
                "Empty has no parameters to learn; give it a layer that has some, such as Linear; in Swift, keep layers in stored properties"
            ),
            (
                Classifier(), Points(training: 0),
                "there is nothing to learn from: the training split is missing; give the data module a training split "
                    + "with at least one batch"
            ),
            (
                Classifier(), Points(training: 3, dropLast: true),
                "there is nothing to learn from: the training split is empty; give the data module a training split "
                    + "with at least one batch"
            ),
        ]
        for (module, data, expected) in cases {
            let found = await message(folder) {
                _ = try await Trainer(options: options(in: folder)).fit(module, data: data)
            }
            #expect(found == expected)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func missingSplitsAreSaid() async throws {
        let folder = try Folder()
        let trainer = Trainer(options: options(in: folder))
        let data = Points(validation: 0)
        let validating = await message(folder) { _ = try await trainer.validate(Classifier(), data: data) }
        let testing = await message(folder) { _ = try await trainer.test(Classifier(), data: data) }
        let predicting = await message(folder) { try await trainer.predict(Classifier(), data: data) { _ in } }
        #expect(validating == "Points has no validation split; choose another verb or other data")
        #expect(testing == "Points has no test split; choose another verb or other data")
        #expect(predicting == "Points has no samples to predict; give it a prediction or test split")
    }

    @Test func unwritableRunFolderIsFoundBeforeTheFirstStep() async throws {
        let folder = try Folder()
        let file = try folder.write([], to: "file")
        let recorder = Recorder()
        var blocked = options(in: folder)
        blocked.runDirectory = .new(in: file)
        let trainer = Trainer(callbacks: [recorder, ModelCheckpoint()], options: blocked)
        let expected =
            "the run folder 'FOLDER/file/Classifier' cannot be made: Not a directory; choose a folder that you can "
            + "write to, with --run-dir or the Trainer's runDirectory"
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(found == expected)
        #expect(recorder.lines.map { $0.prefix(10) } == ["fit starte", "fit failed"])
    }

    @Test func unknownMonitorNamesTheNearest() async throws {
        let folder = try Folder()
        let trainer = Trainer(callbacks: [EarlyStopping(monitor: "val_los")], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(
            found == "'val_los' is monitored, but nobody logs it; did you mean 'val_loss'?; "
                + "monitor one of: loss, val_loss")
    }

    @Test func brokenLoggerOnlyWarns() async throws {
        let folder = try Folder()
        let kept = Kept()
        let result = try await Trainer(
            limit: .epochs(1), loggers: [BrokenLogger()], options: options(in: folder, console: kept.console())
        ).fit(Classifier(), data: Points())
        #expect(result.epochs == 1)
        // Once, however often it fails.
        #expect(kept.text == "warning: BrokenLogger: mishap\n")
    }

    @Test func loggersAreToldOfAFailedRunsEnd() async throws {
        let folder = try Folder()
        let logger = CountingLogger()
        let trainer = Trainer(
            callbacks: [After(step: 7) { _ in throw Mishap() }], loggers: [logger], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(found == "mishap")
        #expect(logger.calls == ["started", "epoch 0", "finished"])
    }

    @Test func weightsFollowFromTheSeedAlone() async throws {
        let folder = try Folder()
        func fitted(_ seed: UInt64) async throws -> [String: [UInt32]] {
            let module = Classifier()
            _ = try await Trainer(limit: .epochs(1), options: options(in: folder, seed: seed))
                .fit(module, data: Points())
            return try bits(module)
        }
        let first = try await fitted(1)
        let unrelated = Classifier()
        unrelated.initialize(seed: 9)
        #expect(try await fitted(1) == first)
        #expect(try await fitted(2) != first)
    }

    @Test func runFoldersAreNeverReused() async throws {
        let folder = try Folder()
        var paths: Set<String> = []
        for _ in 0..<5 { paths.insert(try RunDirectory.new(in: folder.path).make(for: "a/b")) }
        #expect(paths.count == 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/a-b").count == 5)
    }

    @Test func float64IsUsedThroughout() async throws {
        let folder = try Folder()
        let module = Classifier(.adam())
        var precise = options(in: folder)
        precise.precision = .float64
        let result = try await Trainer(limit: .epochs(1), callbacks: [ModelCheckpoint()], options: precise)
            .fit(module, data: Points())
        #expect(module.parameters.map(\.value.dtype) == [.float64, .float64, .float64, .float64])
        let file = try HDF5Reader(path: "\(#require(result.directory))/checkpoints/last.h5")
        for dataset in try file.datasets() {
            if case .tensor(let dtype, _) = dataset.content { #expect(dtype == .float64, "\(dataset.path)") }
        }
    }
}
