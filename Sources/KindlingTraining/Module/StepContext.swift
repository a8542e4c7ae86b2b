// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine
public import KindlingMetrics

/// Which split a batch comes from, and so what is done with it.
public enum Stage: String, Sendable, Hashable, Codable {
    /// Learned from.
    case training
    /// Looked at after each epoch.
    case validation
    /// Looked at in the end.
    case test
    /// Outputs are wanted.
    case prediction

    /// What logged names begin with: nothing in training, `val_`, `test_`.
    public var prefix: String {
        switch self {
        case .training: ""
        case .validation: "val_"
        case .test: "test_"
        case .prediction: "predict_"
        }
    }
}

/// Where a step stands in the run, and where it logs to.
public final class StepContext {
    /// The split that the batch comes from.
    public let stage: Stage
    /// Epochs finished before this one.
    public let epoch: Int
    /// Optimizer steps taken so far.
    public let step: Int
    /// The batch's number in its epoch, from 0.
    public let batchIndex: Int
    private let sampleCount: Int
    private let metrics: MetricMeans

    init(stage: Stage, epoch: Int, step: Int, batchIndex: Int, sampleCount: Int, metrics: MetricMeans) {
        self.stage = stage
        self.epoch = epoch
        self.step = step
        self.batchIndex = batchIndex
        self.sampleCount = sampleCount
        self.metrics = metrics
    }

    /// Logs a number of this batch, shape [].
    ///
    /// Its mean over the epoch weights each batch by its samples, so that a smaller last batch counts for what it is.
    public func log(_ name: String, _ value: Tensor) {
        metrics.add(stage.prefix + name, value, weight: sampleCount)
    }

    /// Logs a number of this batch.
    public func log(_ name: String, _ value: Double) {
        metrics.add(stage.prefix + name, value, weight: sampleCount)
    }

    /// Shows a metric this batch; its figure over all of the epoch's batches is logged.
    ///
    ///     try context.log(F1Score(), logits, batch.targets)
    ///     try context.log(F1Score(), colours, batch.targets, as: "colour_f1")
    /// - Parameters:
    ///   - metric: What sums up.
    ///   - outputs: The model's outputs.
    ///   - targets: What they should be.
    ///   - name: The name to log it under; the metric's own when nil.
    /// - Throws: `TensorError` when shapes or types do not fit the metric.
    public func log(_ metric: any Metric, _ outputs: Tensor, _ targets: Tensor, as name: String? = nil) throws {
        try metrics.add(stage.prefix + (name ?? metric.name), metric, outputs, targets)
    }
}
