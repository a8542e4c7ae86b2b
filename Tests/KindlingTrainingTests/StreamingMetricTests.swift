// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingMetrics
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Metrics whose figure of the whole is not the mean of the batches' figures.
private let metrics: [any Metric] = [
    Accuracy(), F1Score(), AUROC(fromLogits: true), CohenKappa(), AveragePrecision(fromLogits: true, bins: 8),
]

private func module() -> SupervisedModule {
    SupervisedModule(
        Sequential {
            Linear(2, 8)
            ReLU()
            Linear(8, 3)
        }, loss: CrossEntropy(), metrics: metrics, optimizer: .adam(learningRate: 0.02))
}

@Suite struct StreamingMetricTests {
    @Test func validationGivesTheFigureOfAllSamplesAtOnce() async throws {
        let folder = try Folder()
        let module = module()
        let result = try await Trainer(limit: .epochs(2), callbacks: [], options: options(in: folder))
            .fit(module, data: Points())
        let splits = try Points(batchSize: 6).setup()
        var batches = try #require(splits.validation).batches(epoch: 0, seed: 0)
        let batch = try #require(try batches.next())
        let outputs = try withTensorErrors { module.model(batch.inputs) }
        for metric in metrics {
            let whole = try metric.figure(outputs, batch.targets)
            let logged = try #require(result.metrics["val_\(metric.name)"])
            #expect(abs(whole - logged) < 1e-6, "\(metric.name)")
        }
        #expect(
            result.metrics.names
                == ["loss"] + metrics.map(\.name) + ["val_loss"] + metrics.map { "val_\($0.name)" })
    }

    /// Also after the last batch of an epoch, where no batch is left that could bring the metric back.
    @Test(arguments: [1, 3, 6, 8]) func aResumedEpochEndsWithTheSameFigures(step: Int) async throws {
        let folder = try Folder()
        let expected = try await Trainer(limit: .epochs(2), callbacks: [], options: options(in: folder))
            .fit(module(), data: Points())

        let interruption = Interruption()
        let interrupted = try await Trainer(
            limit: .epochs(2),
            callbacks: [ModelCheckpoint(monitor: "loss"), After(step: step) { _ in interruption.request() }],
            options: options(in: folder), interruption: interruption
        ).fit(module(), data: Points())
        let directory = try #require(interrupted.directory)
        let result = try await Trainer(limit: .epochs(2), callbacks: [], options: options(in: folder))
            .fit(module(), data: Points(), resumingFrom: Checkpoint(path: "\(directory)/checkpoints/last.h5"))
        #expect(result.metrics == expected.metrics)
        #expect(result.history.last?.metrics == expected.history.last?.metrics)
        #expect(
            result.history.first?.metrics == expected.history[expected.history.count - result.history.count].metrics)
    }

    @Test func oneMetricIsLoggedUnderSeveralNames() async throws {
        let folder = try Folder()
        let module = Scripted { net, batch, context in
            let answers = batch.targets.oneHot(classes: 3)
            try context.log(Accuracy(), answers, batch.targets)
            try context.log(Accuracy(), -answers, batch.targets, as: "inverse")
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        let result = try await Trainer(limit: .epochs(1), callbacks: [], options: options(in: folder))
            .fit(module, data: Points())
        #expect(
            result.metrics
                == MetricValues([("accuracy", 1), ("inverse", 0), ("val_accuracy", 1), ("val_inverse", 0)]))
    }

    @Test func batchesShowWhatTakesNoTime() async throws {
        let folder = try Folder()
        let seen = Seen()
        _ = try await Trainer(limit: .epochs(1), callbacks: [seen], options: options(in: folder))
            .fit(module(), data: Points())
        #expect(seen.names == ["loss"] + metrics.filter(\.isShownWhileTraining).map(\.name))
    }

    @Test func aMetricThatRefusesItsInputsEndsTheRun() async throws {
        let folder = try Folder()
        let module = SupervisedModule(
            Linear(2, 3), loss: CrossEntropy(), metrics: [R2Score()], optimizer: .adam(learningRate: 0.02))
        let said = await message(folder) {
            _ = try await Trainer(limit: .epochs(1), callbacks: [], options: options(in: folder))
                .fit(module, data: Points())
        }
        #expect(said?.contains("r2: outputs of shape [4, 3] do not fit targets of shape [4]") == true)
    }
}

/// The names that batches had figures for.
private final class Seen: Callback {
    private(set) var names: [String] = []

    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws { names = try batch.metrics.names }
}
