// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine
public import KindlingMetrics

/// Where a step stands in the run, and where it logs to.
///
///     context.log("loss", loss)
///     context.log("largest_weight", weight.abs().max(), on: .step, reduce: .max, progressBar: false)
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
    /// Where the step's own figures go; nil when nobody will be told of them.
    private let stepMetrics: MetricMeans?
    /// What ``show(outputs:)`` was given.
    private(set) var outputs: Tensor?

    init(
        stage: Stage, epoch: Int, step: Int, batchIndex: Int, sampleCount: Int, metrics: MetricMeans,
        stepMetrics: MetricMeans? = nil
    ) {
        self.stage = stage
        self.epoch = epoch
        self.step = step
        self.batchIndex = batchIndex
        self.sampleCount = sampleCount
        self.metrics = metrics
        self.stepMetrics = stepMetrics
    }

    /// Logs a number of this batch, a tensor of one element.
    ///
    /// It is not waited for. A name has one way to be logged: another reduction, or a metric, under a name that is taken
    /// ends the run with an error that says so.
    /// - Parameters:
    ///   - name: The name; validation puts `val_` before it, testing `test_`.
    ///   - value: The number.
    ///   - moments: Whether loggers are told of each logged step's own figure, the epoch's, or both. Validation and
    ///     testing have no steps: there the pass counts, whatever is said.
    ///   - reduction: How the numbers of an epoch's batches become one; the mean weights each batch by its samples.
    ///   - progressBar: Whether people see it while training.
    public func log(
        _ name: String, _ value: Tensor, on moments: LogMoments = .both, reduce reduction: Reduction = .mean,
        progressBar: Bool = true
    ) {
        record(moments) {
            $0.add(stage.prefix + name, value, weight: Double(sampleCount), reduction, isShown: progressBar)
        }
    }

    /// Logs a number of this batch.
    public func log(
        _ name: String, _ value: Double, on moments: LogMoments = .both, reduce reduction: Reduction = .mean,
        progressBar: Bool = true
    ) {
        record(moments) {
            $0.add(stage.prefix + name, value, weight: Double(sampleCount), reduction, isShown: progressBar)
        }
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
    ///   - moments: When loggers are told.
    ///   - progressBar: Whether people see it while training.
    /// - Throws: `TensorError` when shapes or types do not fit the metric.
    public func log(
        _ metric: any Metric, _ outputs: Tensor, _ targets: Tensor, as name: String? = nil,
        on moments: LogMoments = .both, progressBar: Bool = true
    ) throws {
        let name = stage.prefix + (name ?? metric.name)
        try record(moments) { try $0.add(name, metric, outputs, targets, isShown: progressBar) }
    }

    /// Shows the batch's outputs to callbacks that look at them, such as a confusion matrix.
    public func show(outputs: Tensor) { self.outputs = outputs.detached() }

    /// Adds to what is kept for each of some moments.
    private func record(_ moments: LogMoments, _ add: (MetricMeans) throws -> Void) rethrows {
        if isLogged(on: .epoch, of: moments) { try add(metrics) }
        if isLogged(on: .step, of: moments), let stepMetrics { try add(stepMetrics) }
    }

    private func isLogged(on moment: LogMoments, of moments: LogMoments) -> Bool {
        stage == .training ? moments.contains(moment) : moment == .epoch
    }
}
