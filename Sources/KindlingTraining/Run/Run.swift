// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

/// One call of fit, validate, test or predict while it runs: what loops share and what callbacks see a part of.
final class Run: RunControl {
    let options: TrainerOptions
    let module: any TrainingModule
    let data: DataInfo
    let splits: DataSplits
    let callbacks: [any Callback]
    let loggers: [any Logger]
    let plan: OptimizerPlan
    /// The plan's schedule, with what it has seen when it follows a metric.
    private var schedule: any LearningRateSchedule
    var optimizer: Optimizer?
    /// The loss scale, where the precision needs one.
    var scaling: GradientScaling?
    var progress: Progress
    var stage = Stage.training
    var stopReason: String?
    /// What the current epoch's training batches logged.
    let trainingMeans = MetricMeans()
    /// What callbacks and validation added to the epoch.
    var epochValues = MetricValues()
    private var madeDirectory: String?
    private var requestedDirectory: RunDirectory

    init(
        options: TrainerOptions, module: any TrainingModule, data: DataInfo, splits: DataSplits,
        directory: RunDirectory, callbacks: [any Callback], loggers: [any Logger]
    ) {
        self.options = options
        self.module = module
        self.data = data
        self.splits = splits
        self.callbacks = callbacks
        self.loggers = loggers
        plan = module.configureOptimizers()
        schedule = plan.schedule
        progress = Progress(seed: options.seed)
        requestedDirectory = directory
    }

    var limit: Limit { options.limit }
    var device: Device { options.strategy.device }
    var batchesPerEpoch: Int { splits.training?.batchCount ?? 0 }
    var learningRate: Double { optimizer?.learningRate ?? plan.rule.learningRate }

    /// The rate that the schedule gives a step of the current epoch.
    func learningRate(step: Int, totalSteps: Int) -> Double {
        plan.rule.learningRate * schedule.factor(step: step, epoch: progress.epoch, totalSteps: totalSteps)
    }

    /// Hands a schedule that follows a metric its value of an epoch.
    /// - Throws: `TrainingError` when nobody logged it.
    func followMetrics(of epoch: EpochResult) throws {
        // Most schedules follow none.
        guard var driven = schedule as? any MetricDrivenSchedule, let name = driven.monitor else { return }
        driven.observe(try Monitor(name, .min).value(in: epoch))
        schedule = driven
    }

    /// The folder, when it has been made.
    var existingDirectory: String? { madeDirectory }

    func directory() throws -> String {
        if let madeDirectory { return madeDirectory }
        let made = try requestedDirectory.make(for: options.runName ?? module.name)
        madeDirectory = made
        return made
    }

    func stop(because reason: String) { stopReason = stopReason ?? reason }

    func log(_ name: String, _ value: Double) { epochValues[name] = value }

    func saveCheckpoint(to path: String) throws {
        var state = CheckpointState(
            module: module.name, progress: progress, dataFingerprint: splits.fingerprint)
        state.batchSize = splits.training?.batchSize
        state.vocabulary = splits.vocabulary
        state.optimizer = optimizer?.rule.name
        state.optimizerSteps = optimizer?.stepCount ?? 0
        state.lossScale = scaling?.state
        let logged = progress.batch > 0 ? try trainingMeans.saved() : (entries: [], states: [:])
        state.schedule = (schedule as? any MetricDrivenSchedule)?.state
        state.metrics = logged.entries
        for (key, callback) in keyedCallbacks { state.callbacks[key] = try callback.saveState() }
        try CheckpointWriter(
            module: module, optimizer: optimizer, state: state, metrics: logged.states, recipe: options.recipe
        ).write(to: path)
    }

    /// Takes up where a checkpoint stopped.
    func restore(_ checkpoint: Checkpoint) throws {
        // Everything that can be refused comes first: a refused checkpoint changes nothing.
        if let optimizer { try checkpoint.check(optimizer) }
        guard checkpoint.state.dataFingerprint == splits.fingerprint else {
            throw TrainingError(
                .badCheckpoint, "'\(checkpoint.path)' was written with other data than this run's",
                remedy: "resume with the data of the checkpoint, or begin anew from its weights")
        }
        let batchSize = splits.training?.batchSize
        if checkpoint.progress.batch > 0, let before = checkpoint.state.batchSize, let now = batchSize, before != now {
            throw TrainingError(
                .badCheckpoint,
                "'\(checkpoint.path)' stands within an epoch of batches of \(before), this run's batches have \(now)",
                remedy: "resume with the batch size of the checkpoint, or begin anew from its weights")
        }
        try check(checkpoint)
        try checkpoint.state.lossScale?.check()
        let metrics = try checkpoint.metricStates()
        try checkpoint.loadWeights(into: module.checkpointRoot)
        if let optimizer { try checkpoint.load(into: optimizer) }
        // A run of another precision has left none, and begins with its own.
        if scaling != nil, let saved = checkpoint.state.lossScale { scaling = GradientScaling(saved) }
        if var driven = schedule as? any MetricDrivenSchedule {
            driven.restore(checkpoint.state.schedule ?? [:])
            schedule = driven
        }
        progress = checkpoint.progress
        if progress.batch > 0 {
            // When every batch of the epoch is learned from, no step follows that would set it before it is logged.
            let total = limit.totalSteps(stepsPerEpoch: batchesPerEpoch)
            optimizer?.learningRate = learningRate(step: progress.step - 1, totalSteps: total)
        }
        trainingMeans.restore(checkpoint.state.metrics, states: metrics)
        for (key, callback) in keyedCallbacks {
            if let state = checkpoint.state.callbacks[key] { try callback.restoreState(state) }
        }
    }

    /// Whether what comes after a checkpoint can be what would have come.
    private func check(_ checkpoint: Checkpoint) throws {
        let written = checkpoint.progress
        guard written.seed == options.seed else {
            throw TrainingError(
                .badCheckpoint,
                "'\(checkpoint.path)' was written with the seed \(written.seed), this run has \(options.seed)",
                remedy: "resume with seed \(written.seed), or begin anew")
        }
        // Counters are numbers in a file: they are believed only where they can be true.
        guard written.epoch >= 0, written.step >= 0, written.samples >= 0, written.batch >= 0,
            written.batch <= written.step, written.batch <= batchesPerEpoch
        else {
            throw TrainingError(
                .badCheckpoint, "'\(checkpoint.path)' has impossible counters: \(written)",
                remedy: "resume from another checkpoint of the run")
        }
    }

    /// Callbacks under the names of their states: the second of a kind gets a number.
    private var keyedCallbacks: [(key: String, callback: any Callback)] {
        var counts: [String: Int] = [:]
        return callbacks.map { callback in
            let count = counts[callback.stateKey, default: 0]
            counts[callback.stateKey] = count + 1
            return (count == 0 ? callback.stateKey : "\(callback.stateKey).\(count)", callback)
        }
    }

    /// The stream of everything that a step draws: dropout, augmentation.
    func randomStream(step: Int) -> RandomStream { RandomStream(seed: progress.seed)["step"][step] }
}
