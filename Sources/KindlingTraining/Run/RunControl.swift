// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine
public import KindlingOptim

/// What callbacks and loggers see of a run, and what they may do to it.
///
/// They get it with every hook and keep none.
public protocol RunControl: AnyObject {
    // MARK: What the run is

    /// The run's name.
    var name: String { get }
    /// The resolved recipe; nil when a Swift program trains.
    var recipe: String? { get }
    /// What the run is made with, by name: the recipe's values, where there is one.
    var hyperparameters: [(name: String, value: String)] { get }
    /// In which number format it computes.
    var precision: Precision { get }
    /// The module.
    var module: any TrainingModule { get }
    /// What is known about the data.
    var data: DataInfo { get }
    /// The splits and their loaders.
    var splits: DataSplits { get }
    /// Where it computes.
    var device: Device { get }
    /// When the run has done enough.
    var limit: Limit { get }
    /// Where messages for people go.
    var console: Console { get }
    /// The run's folder, made when it is first asked for.
    /// - Throws: when it cannot be made.
    func directory() throws -> String

    // MARK: Where it stands

    /// How far the run has come.
    var progress: Progress { get }
    /// What is being done.
    var stage: Stage { get }
    /// How many batches a training epoch has.
    var batchesPerEpoch: Int { get }
    /// How many optimizer steps the run will have, as far as its limit tells.
    var totalSteps: Int { get }
    /// The optimizers, with their rules and current rates; none where nothing is learned.
    var optimizers: [Optimizer] { get }
    /// The learning rate of the last step of the first optimizer; before the first step, that of the plan.
    var learningRate: Double { get }
    /// The names of the figures that were logged so far, in training and validation.
    var metricNames: [String] { get }
    /// Whether loggers will be told of the step that is being taken: only then is it worth measuring something for them.
    var isLoggingStep: Bool { get }

    // MARK: What changes it

    /// What learning rates are multiplied with besides their schedules; kept in checkpoints.
    var learningRateFactor: Double { get set }
    /// The learning rate of all optimizers in place of their schedules; nil lets schedules decide. Kept in checkpoints.
    var fixedLearningRate: Double? { get set }
    /// How many batches make a step; kept in checkpoints.
    var accumulation: Int { get }
    /// Changes how many batches make a step: for this epoch when nothing of it was learned yet, else from the next on.
    func accumulate(_ batches: Int)
    /// Cuts the training split into batches of another size; only before the first step.
    /// - Throws: `TrainingError` later, and for a size below 1.
    func changeBatchSize(to size: Int) throws
    /// Looks at the validation split after the current batch.
    func requestValidation()
    /// Ends the run after the current batch, for a reason that people will read.
    func stop(because reason: String)
    /// Writes a checkpoint to a path.
    func saveCheckpoint(to path: String) async throws
    /// Takes the weights of a checkpoint, and nothing else of it.
    func loadWeights(from path: String) throws
    /// Takes steps on training data, and then puts everything back: weights, optimizers, counters.
    ///
    /// No hook is called and nothing is logged. For finding learning rates and batch sizes; only while no epoch is
    /// being trained.
    /// - Parameters:
    ///   - steps: At most so many.
    ///   - batchSize: The size of the batches; the training split's own when nil.
    ///   - body: Is told each step's loss; false ends it.
    func rehearse(steps: Int, batchSize: Int?, _ body: (_ loss: Double) throws -> Bool) async throws

    // MARK: What it tells

    /// Logs a figure: of the step that is being taken, of the epoch, where the last one counts, or of both.
    func log(_ name: String, _ value: Double, on moments: LogMoments)
    /// Logs a number that may still be computed; it is waited for only when somebody wants to read it.
    func log(_ name: String, _ value: Tensor, on moments: LogMoments)
    /// Hands loggers a picture, a text, a table or a distribution.
    func log(_ attachment: Attachment)
}

extension RunControl {
    /// Adds a figure to those of the epoch.
    public func log(_ name: String, _ value: Double) { log(name, value, on: .epoch) }
}

/// When a figure is told to loggers.
public struct LogMoments: OptionSet, Sendable, Hashable {
    /// The moments' bits.
    public let rawValue: Int
    /// Moments from bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Each step that is logged.
    public static let step = LogMoments(rawValue: 1)
    /// Each epoch.
    public static let epoch = LogMoments(rawValue: 2)
    /// Both.
    public static let both: LogMoments = [.step, .epoch]
}
