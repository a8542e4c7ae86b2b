// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import KindlingData

/// What a checkpoint holds besides tensors.
struct CheckpointState: Codable {
    /// The layout of this file; readers refuse what they do not know.
    static let currentFormat = 2

    var format = CheckpointState.currentFormat
    /// The module's name.
    var module: String
    /// How far the run had come.
    var progress: Progress
    /// The optimizers in the run's order.
    var optimizers: [OptimizerEntry] = []
    /// The loss scale of a run in float16.
    var lossScale: LossScale?
    /// What learning rates are multiplied with besides their schedules, and what stands in place of those.
    var learningRateFactor = 1.0
    var fixedLearningRate: Double?
    /// How many batches make a step, in this epoch and from the next on.
    var accumulation = 1
    var wantedAccumulation = 1
    /// What the unfinished epoch had logged.
    var metrics: [MetricMeans.Entry] = []
    /// What callbacks and validation added to the unfinished epoch.
    var epochFigures: [MetricMeans.Entry] = []
    /// Callbacks' states by key.
    var callbacks: [String: String] = [:]
    /// Keys of callbacks that keep tensors.
    var callbacksWithTensors: [String] = []
    /// What the data was.
    var dataFingerprint: String
    /// The symbols that tokens stand for, where the data was text.
    var vocabulary: Vocabulary?
    /// Samples in a training batch: what a batch's number within an epoch means.
    var batchSize: Int?
    /// That size, when a callback changed it.
    var changedBatchSize: Int?

    /// One optimizer, apart from its tensors.
    struct OptimizerEntry: Codable {
        /// Its place among several; empty for a run's only one.
        var name: String
        var rule: String
        var steps: Int
        /// What a schedule that follows a metric has seen.
        var schedule: [String: Double]?

        /// Where its tensors stand.
        var folder: String { name.isEmpty ? "kindling/optimizer" : "kindling/optimizers/\(name)" }
    }

    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // A mean over nothing is NaN, which JSON has no word for.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    init(decoding text: String, path: String) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { self = try decoder.decode(CheckpointState.self, from: Data(text.utf8)) } catch {
            throw TrainingError(
                .badCheckpoint, "the run's state in '\(path)' cannot be read: \(error)",
                remedy: "resume from another checkpoint of the run")
        }
        guard format == CheckpointState.currentFormat else {
            throw TrainingError(
                .badCheckpoint,
                "'\(path)' has the format \(format), this version reads \(CheckpointState.currentFormat)",
                remedy: "use the version of Kindling that wrote it")
        }
    }

    init(module: String, progress: Progress, dataFingerprint: String) {
        self.module = module
        self.progress = progress
        self.dataFingerprint = dataFingerprint
    }
}
