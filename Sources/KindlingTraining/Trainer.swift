// SPDX-License-Identifier: Apache-2.0
public import KindlingData
internal import KindlingEngine
internal import KindlingIO
internal import KindlingNN
internal import KindlingOptim

/// Trains, validates, tests and predicts.
///
///     let trainer = Trainer(limit: .epochs(50), callbacks: [EarlyStopping(monitor: "val_loss"), ModelCheckpoint()])
///     let result = try await trainer.fit(IrisClassifier(), data: IrisDataModule())
///
/// It orchestrates only: loops, callbacks, loggers and checkpoints are parts of their own, which get what they need and
/// never the trainer.
public struct Trainer {
    /// How it works.
    public var options: TrainerOptions
    private let callbacks: [any Callback]
    private let loggers: [any Logger]
    private let interruption: Interruption?

    /// A trainer.
    /// - Parameters:
    ///   - limit: When a fit has done enough.
    ///   - callbacks: What looks on, in order.
    ///   - loggers: What keeps the figures.
    ///   - options: Everything else; its limit is replaced by `limit`.
    ///   - interruption: A request from outside to end in order.
    public init(
        limit: Limit = .epochs(10), callbacks: [any Callback] = [], loggers: [any Logger] = [],
        options: TrainerOptions = TrainerOptions(), interruption: Interruption? = nil
    ) {
        self.options = options
        self.options.limit = limit
        self.callbacks = callbacks
        self.loggers = loggers
        self.interruption = interruption
    }

    /// Trains a module until the limit, or until a callback or a signal ends it.
    /// - Parameter checkpoint: Where to take up an earlier run; its weights, counters and state are the run's.
    /// - Throws: the first error of an operation, a step, the data, a callback or a file. The checkpoints written before
    ///   stay as they are.
    public func fit(_ module: any TrainingModule, data: any DataModule, resumingFrom checkpoint: Checkpoint? = nil)
        async throws -> FitResult
    {
        let run = try await prepare(module, data)
        let result = try await run.profiled {
            do {
                let result = try await fit(run, checkpoint)
                try await run.end()
                return result
            } catch {
                await run.fail(error)
                throw error
            }
        }
        // The folder may have been made for the profile.
        return result.with(directory: run.existingDirectory)
    }

    private func fit(_ run: Run, _ checkpoint: Checkpoint?) async throws -> FitResult {
        try await run.begin(.training)
        try options.check()
        run.accumulation = options.accumulation
        try run.beginLossScaling()
        if let warning = options.precision.warning(on: run.device) { options.console.warn(warning) }
        let module = run.module
        run.scheduled = [try ScheduledOptimizer(module.configureOptimizers(), parameters: trained(module))]
        if let checkpoint {
            try run.restore(checkpoint)
            for callback in run.callbacks { try await callback.checkpointRestored(from: checkpoint.path, run) }
        }
        if let recipe = options.recipe {
            try AtomicFile.write(Array(recipe.utf8), to: "\(run.directory())/recipe.yaml")
        }
        return try await FitLoop(run: run, interruption: interruption).run()
    }

    /// Looks at the validation split.
    public func validate(
        _ module: any TrainingModule, data: any DataModule, weights checkpoint: Checkpoint? = nil
    ) async throws -> EvaluationResult {
        try await evaluate(module, data, checkpoint, .validation) { $0.validation }
    }

    /// Looks at the test split.
    public func test(
        _ module: any TrainingModule, data: any DataModule, weights checkpoint: Checkpoint? = nil
    ) async throws -> EvaluationResult {
        try await evaluate(module, data, checkpoint, .test) { $0.test }
    }

    /// Hands over the outputs for each batch of the prediction split, else of the test or the validation split.
    public func predict(
        _ module: any TrainingModule, data: any DataModule, weights checkpoint: Checkpoint? = nil,
        _ consume: (Prediction) throws -> Void
    ) async throws {
        let run = try await prepare(module, data)
        try checkpoint?.loadWeights(into: module.checkpointRoot)
        let splits = run.splits
        guard let loader = splits.predict ?? splits.test ?? splits.validation, loader.batchCount > 0 else {
            throw TrainingError(
                .missingData, "\(data.name) has no samples to predict", remedy: "give it a prediction or test split")
        }
        try await run.profiled {
            do {
                try await run.begin(.prediction)
                try await PredictionLoop(run: run).run(loader, consume)
                try await run.end()
            } catch {
                await run.fail(error)
                throw error
            }
        }
    }

    private func evaluate(
        _ module: any TrainingModule, _ data: any DataModule, _ checkpoint: Checkpoint?, _ stage: Stage,
        _ split: (DataSplits) -> DataLoader?
    ) async throws -> EvaluationResult {
        let run = try await prepare(module, data)
        try checkpoint?.loadWeights(into: module.checkpointRoot)
        guard let loader = split(run.splits), loader.batchCount > 0 else {
            throw TrainingError(
                .missingData, "\(data.name) has no \(stage.rawValue) split", remedy: "choose another verb or other data"
            )
        }
        return try await run.profiled {
            do {
                try await run.begin(stage)
                let result = try await EvaluationLoop(run: run, stage: stage).run(loader)
                try await run.end()
                return result
            } catch {
                await run.fail(error)
                throw error
            }
        }
    }

    /// Data ready, parameters drawn from the seed, everything where it is needed.
    private func prepare(_ module: any TrainingModule, _ data: any DataModule) async throws -> Run {
        try options.precision.check()
        try await data.prepare()
        let splits = try data.setup()
        let strategy = options.strategy
        try buildShapes(of: module, splits)
        try withTensorErrors {
            try withDevice(strategy.device) {
                module.initialize(seed: options.seed)
                try strategy.place(module)
                options.precision.prepare(module)
            }
        }
        return Run(
            options: options, module: module, data: data.info, splits: splits,
            callbacks: callbacks + module.configureCallbacks(),
            logbook: Logbook(loggers: loggers, console: options.console))
    }

    private func trained(_ module: any TrainingModule) throws -> [(name: String, parameter: Parameter)] {
        let parameters = module.namedParameters
        guard !parameters.isEmpty else {
            throw TrainingError(
                .badOption, "\(module.name) has no parameters to learn",
                remedy: "give it a layer that has some, such as Linear; in Swift, keep layers in stored properties")
        }
        return parameters
    }
}
