// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

/// One call of fit, validate, test or predict while it runs: what loops share and what callbacks see a part of.
final class Run {
    let options: TrainerOptions
    let module: any TrainingModule
    let data: DataInfo
    var splits: DataSplits
    /// By band, and within it in the order of the list.
    let callbacks: [any Callback]
    let logbook: Logbook
    /// None where nothing is learned.
    var scheduled: [ScheduledOptimizer] = []
    /// The loss scale, where the precision needs one.
    var scaling: GradientScaling?
    var progress: Progress
    var stage = Stage.training
    var stopReason: String?
    var isValidationRequested = false
    var learningRateFactor = 1.0
    var fixedLearningRate: Double?
    /// The size that batches were given by a callback.
    var changedBatchSize: Int?
    /// How many batches make a step in this epoch.
    var accumulation = 1 { didSet { wantedAccumulation = accumulation } }
    /// How many make one from the next epoch on.
    var wantedAccumulation = 1
    /// What the current epoch's training batches logged.
    let trainingMeans = MetricMeans()
    /// What the current step's batches logged, when loggers will be told of it.
    let stepMeans = MetricMeans()
    /// What callbacks and validation added to the epoch.
    var epochValues = MetricValues()
    var isLoggingStep = false
    private let began = ContinuousClock.now
    private var madeDirectory: String?
    private var hasEnded = false
    private var isFit = false

    init(
        options: TrainerOptions, module: any TrainingModule, data: DataInfo, splits: DataSplits,
        callbacks: [any Callback], logbook: Logbook
    ) {
        self.options = options
        self.module = module
        self.data = data
        self.splits = splits
        self.logbook = logbook
        // Sorting keeps the order of equals only with their places.
        let ordered = callbacks.enumerated()
            .sorted { ($0.element.band, $0.offset) < ($1.element.band, $1.offset) }.map(\.element)
        self.callbacks = options.profiler == nil ? ordered : ordered.map { ProfiledCallback($0) }
        progress = Progress(seed: options.seed)
    }

    var seconds: Double { (ContinuousClock.now - began).seconds }

    /// The rate of an optimizer's next step.
    func nextLearningRate(of scheduled: ScheduledOptimizer) -> Double {
        (fixedLearningRate ?? scheduled.learningRate(at: progress, totalSteps: totalSteps)) * learningRateFactor
    }

    /// The folder, when it has been made.
    var existingDirectory: String? { madeDirectory }

    func directory() throws -> String {
        if let madeDirectory { return madeDirectory }
        let made = try options.runDirectory.make(for: name)
        madeDirectory = made
        return made
    }

    /// The stream of everything that a batch draws: dropout, augmentation.
    func randomStream(_ number: Int) -> RandomStream { RandomStream(seed: progress.seed)["step"][number] }

    /// Tells callbacks that the run begins.
    func begin(_ stage: Stage) async throws {
        self.stage = stage
        isFit = stage == .training
        for callback in callbacks { try await callback.runStarted(self) }
    }

    /// Tells callbacks that the run is over.
    func end() async throws {
        hasEnded = true
        for callback in callbacks { try await callback.runEnded(self) }
    }

    /// Tells callbacks that the run failed, and that it is over.
    func fail(_ error: any Error) async {
        // The first error is the one to report; what a callback makes of it changes nothing about that.
        if isFit { for callback in callbacks { try? await callback.fitFailed(error, self) } }
        // Those that were told already have let go.
        if !hasEnded { for callback in callbacks { try? await callback.runEnded(self) } }
    }
}
