// SPDX-License-Identifier: Apache-2.0

/// How a ``Trainer`` works, apart from what it trains.
public struct TrainerOptions: Sendable {
    /// When a fit has done enough.
    public var limit: Limit
    /// What everything random is derived from.
    public var seed: UInt64
    /// In which number format to compute.
    public var precision: Precision
    /// With which loss scale mixed precision in float16 begins.
    public var lossScale = LossScale()
    /// Which devices to use.
    public var strategy: any Strategy
    /// Where runs keep their files.
    public var runDirectory: RunDirectory
    /// The run's name in its folder's path; the module's when nil.
    public var runName: String?
    /// The resolved recipe, kept in checkpoints and the run folder.
    public var recipe: String?
    /// Where messages for people go.
    public var console: Console
    /// What loggers note about the run, by name; a recipe's values one by one.
    public var hyperparameters: [(name: String, value: String)] = []
    /// How gradients are kept small; not at all when nil.
    public var clipping: GradientClipping?
    /// How many batches make an optimizer step; the last of an epoch takes what is left.
    ///
    /// A resumed run keeps its own.
    public var accumulation = 1
    /// How many validation batches are looked at before the first step, so that mistakes show at once; 0 for none.
    public var sanityBatches = 2
    /// Loggers are told of every so many steps.
    public var loggingInterval = 50
    /// What the run measures about itself; nothing when nil.
    public var profiler: Profiler?

    /// Options; each has a default.
    public init(
        limit: Limit = .epochs(10), seed: UInt64 = 42, precision: Precision = .float32,
        strategy: any Strategy = SingleDevice(), runDirectory: RunDirectory = .new(in: "runs"), runName: String? = nil,
        recipe: String? = nil, console: Console = .standard
    ) {
        self.limit = limit
        self.seed = seed
        self.precision = precision
        self.strategy = strategy
        self.runDirectory = runDirectory
        self.runName = runName
        self.recipe = recipe
        self.console = console
    }

    /// - Throws: `TrainingError` for a value that none can be.
    func check() throws {
        guard sanityBatches >= 0 else {
            throw TrainingError(.badOption, "sanityBatches is \(sanityBatches)", remedy: "give 0 or more")
        }
        try clipping?.check()
        for (name, value) in [("accumulation", accumulation), ("loggingInterval", loggingInterval)] where value < 1 {
            throw TrainingError(.badOption, "\(name) is \(value)", remedy: "give a whole number of at least 1")
        }
    }
}
