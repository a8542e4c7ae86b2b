// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// A callback of the catalog, as a run has it.
struct CallbackCase: Sendable, CustomStringConvertible {
    let description: String
    /// Whether it leaves weights as they would be without it.
    var isSilent = true
    let make: @Sendable () -> any Callback
}

/// A picture's worth of inputs from ``Points``, for callbacks that look at pictures.
final class PointReader: TrainingModule {
    let features = Linear(2, 8)
    let norm = BatchNorm1D(8)
    let head = Linear(8, 3)

    func forward(_ batch: Batch) -> Tensor {
        head(norm(features(batch.inputs.reshaped(to: [batch.count, 2]))).relu())
    }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let outputs = forward(batch)
        context.show(outputs: outputs)
        let loss = crossEntropy(outputs, batch.targets)
        context.log("loss", loss)
        return loss
    }

    func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { forward(batch) }

    func configureOptimizers() -> OptimizerPlan { .adam(learningRate: 0.01) }
}

/// ``Points`` as pictures of one row.
struct PointPictures: DataModule {
    let points = Points(training: 22, batchSize: 4)
    var name: String { "PointPictures" }
    var info: DataInfo {
        DataInfo(
            inputShape: [1, 1, 2], classNames: ["red", "green", "blue"],
            sampleCounts: SampleCounts(training: 22, validation: 6))
    }

    func setup() throws -> DataSplits {
        let splits = try points.setup()
        func pictures(_ loader: DataLoader?) throws -> DataLoader? {
            guard let loader, let data = loader.dataset as? TensorDataset else { return nil }
            let all = try data.batch(at: Array(0..<data.count))
            let features = try withTensorErrors { all.inputs.reshaped(to: [data.count, 1, 1, 2]) }
            return DataLoader(
                try TensorDataset(features: features, targets: all.targets), batchSize: 4, sampler: loader.sampler)
        }
        return DataSplits(
            training: try pictures(splits.training), validation: try pictures(splits.validation),
            fingerprint: "pictures")
    }
}

/// What every callback must do, over the whole catalog.
@Suite struct CallbackLawTests {
    static let cases: [CallbackCase] = [
        CallbackCase(description: "BackboneFinetuning", isSilent: false) {
            BackboneFinetuning("features", unfreezeEpoch: 1)
        },
        CallbackCase(description: "BatchSizeFinder", isSilent: false) { BatchSizeFinder(largest: 4) },
        CallbackCase(description: "ConfusionMatrixWriter") { ConfusionMatrixWriter() },
        CallbackCase(description: "DeviceStats") { DeviceStats(everySteps: 2) },
        CallbackCase(description: "EarlyStopping") { EarlyStopping(monitor: "loss", patience: 50) },
        CallbackCase(description: "FineTuning", isSilent: false) { FineTuning(backbone: "features") },
        CallbackCase(description: "GradientAccumulationScheduler", isSilent: false) {
            GradientAccumulationScheduler([0: 1, 1: 2])
        },
        CallbackCase(description: "GradientNormMonitor") { GradientNormMonitor(perModule: true) },
        CallbackCase(description: "LearningRateFinder", isSilent: false) { LearningRateFinder(steps: 20) },
        CallbackCase(description: "LearningRateMonitor") { LearningRateMonitor(weightDecay: true) },
        CallbackCase(description: "LiveView") { LiveView(console: .silent) },
        CallbackCase(description: "ModelCheckpoint") { ModelCheckpoint(keepBest: 2, everySteps: 4) },
        CallbackCase(description: "ModelSummary") { ModelSummary(console: .silent) },
        CallbackCase(description: "PredictionWriter") { PredictionWriter() },
        CallbackCase(description: "ProgressBar") { ProgressBar(console: .silent) },
        CallbackCase(description: "Pruning", isSilent: false) { Pruning(amount: 0.5, endEpoch: 1) },
        CallbackCase(description: "Report") { Report() },
        CallbackCase(description: "ResultsTable") { ResultsTable(console: .silent) },
        CallbackCase(description: "SamplePictures") { SamplePictures(count: 3) },
        CallbackCase(description: "StochasticWeightAveraging", isSilent: false) {
            StochasticWeightAveraging(learningRate: 0.02, startEpoch: 1, annealingEpochs: 2)
        },
        CallbackCase(description: "TerminateOnNaN") { TerminateOnNaN() },
        CallbackCase(description: "Timer") { Timer(seconds: 1e6) },
        CallbackCase(description: "WeightAveraging", isSilent: false) { WeightAveraging(decay: 0.9, warmUp: true) },
    ]

    @Test func everyCallbackHasACase() {
        #expect(Callbacks.all.map(\.type).sorted() == CallbackLawTests.cases.map(\.description).sorted())
    }

    @Test(arguments: cases.filter(\.isSilent)) func silentOnesChangeNoBit(_ callbackCase: CallbackCase) async throws {
        let folder = try Folder()
        let (without, with) = (PointReader(), PointReader())
        _ = try await Trainer(limit: .epochs(3), options: options(in: folder)).fit(without, data: PointPictures())
        _ = try await Trainer(limit: .epochs(3), callbacks: [callbackCase.make()], options: options(in: folder))
            .fit(with, data: PointPictures())
        #expect(try bits(with) == bits(without))
    }

    /// After the first batch, within the second epoch and at its end, and after the last but one batch.
    @Test(arguments: cases, [1, 8, 12, 17])
    func interruptedAnywhereGivesTheSameBits(_ callbackCase: CallbackCase, batch: Int) async throws {
        let folder = try Folder()
        let whole = PointReader()
        _ = try await Trainer(limit: .epochs(3), callbacks: [callbackCase.make()], options: options(in: folder))
            .fit(whole, data: PointPictures())

        let interruption = Interruption()
        let path = "\(folder.path)/interrupted.h5"
        var batches = 0
        let stop = LambdaCallback(
            band: .reporting,
            batchEnded: { _, _ in
                batches += 1
                if batches == batch { interruption.request() }
            },
            fitEnded: { _, run in try await run.saveCheckpoint(to: path) })
        let before = callbackCase.make()
        let begun = try await Trainer(
            limit: .epochs(3), callbacks: [before, stop], options: options(in: folder), interruption: interruption
        ).fit(PointReader(), data: PointPictures())
        var sameFolder = options(in: folder)
        if let directory = begun.directory { sameFolder.runDirectory = .existing(directory) }
        let (resumed, after) = (PointReader(), callbackCase.make())
        var restored: String?
        let look = LambdaCallback(fitStarted: { _ in restored = try after.saveState() })
        let saved = try before.saveState()
        _ = try await Trainer(limit: .epochs(3), callbacks: [after, look], options: sameFolder)
            .fit(resumed, data: PointPictures(), resumingFrom: Checkpoint(path: path))
        #expect(try bits(resumed) == bits(whole))
        // Seconds go on.
        if callbackCase.description != "Timer" { #expect(restored == saved) }
    }

    @Test(arguments: cases) func foreignStatesAreRefused(_ callbackCase: CallbackCase) throws {
        let callback = callbackCase.make()
        do { try callback.restoreState("{\"of\":\"another\"}") } catch let error as TrainingError {
            #expect(error.code == .badCheckpoint)
        }
    }
}
