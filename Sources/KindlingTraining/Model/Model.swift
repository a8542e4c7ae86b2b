// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingData
public import KindlingEngine
public import KindlingMetrics
public import KindlingNN
public import KindlingOptim

/// A layer with all that it takes to train it, in the words of Keras: compile, fit, evaluate, predict, summary.
///
///     let model = Model {
///         Linear(4, 16)
///         ReLU()
///         Linear(16, 3)
///     }
///     try model.compile(optimizer: Adam(learningRate: 1e-2), loss: CrossEntropy(), metrics: [Accuracy()])
///     let history = try await model.fit(x, y, batchSize: 16, epochs: 20, validationSplit: 0.2)
///     let figures = try await model.evaluate(x, y)       // figures["accuracy"]
///     let outputs = try await model.predict(x)
///
/// It stands on ``Trainer`` and ``SupervisedModule``, which do more: several optimizers, steps of one's own, recipes,
/// resuming. A second fit goes on with the weights of the first; the optimizer's state begins anew.
public final class Model {
    /// The layer that is trained.
    public let layer: any Layer
    /// How training works, apart from what `compile` and `fit` say.
    public var options: TrainerOptions
    private var compiled: SupervisedModule?

    /// A model of a layer.
    public init(_ layer: any Layer, options: TrainerOptions = TrainerOptions()) {
        self.layer = layer
        self.options = options
    }

    /// A model of layers one after the other.
    public convenience init(options: TrainerOptions = TrainerOptions(), @LayerBuilder _ layers: () -> [any Layer]) {
        self.init(Sequential(layers()), options: options)
    }

    /// Says how to learn.
    ///
    /// Compiling anew keeps the weights.
    /// - Parameters:
    ///   - optimizer: The rule; Adam with 1e-3 unless one is given.
    ///   - schedule: How its learning rate changes.
    ///   - loss: What is made small.
    ///   - metrics: What is shown besides.
    public func compile(
        optimizer: any OptimizerRule = Adam(), schedule: any LearningRateSchedule = ConstantSchedule(), loss: any Loss,
        metrics: [any Metric] = []
    ) {
        compiled = SupervisedModule(
            layer, loss: loss, metrics: metrics, optimizer: OptimizerPlan(optimizer, schedule: schedule))
    }

    /// Learns from tensors.
    /// - Parameters:
    ///   - inputs: `[N, …]`.
    ///   - targets: `[N]` or `[N, …]`, as the loss wants them.
    ///   - batchSize: Samples in a batch.
    ///   - epochs: Passes over the samples.
    ///   - validationSplit: The share of the last samples that is watched instead.
    ///   - validation: Samples to watch; nothing is split off then.
    ///   - shuffle: Whether samples come in random order.
    ///   - callbacks: What looks on.
    ///   - verbose: Whether progress is shown.
    /// - Returns: Every epoch's figures.
    /// - Throws: `TrainingError` before `compile`; the first error of the data, a layer or a callback.
    @discardableResult
    public func fit(
        _ inputs: Tensor, _ targets: Tensor, batchSize: Int = 32, epochs: Int = 1, validationSplit: Double = 0,
        validation: (inputs: Tensor, targets: Tensor)? = nil, shuffle: Bool = true, callbacks: [any Callback] = [],
        verbose: Bool = true
    ) async throws -> History {
        let data = TensorData(
            inputs, targets, batchSize: batchSize, validationSplit: validationSplit, validation: validation,
            shuffle: shuffle)
        return try await fit(data, epochs: epochs, callbacks: callbacks, verbose: verbose)
    }

    /// Learns from a data set.
    @discardableResult
    public func fit(
        _ data: any DataModule, epochs: Int = 1, callbacks: [any Callback] = [], verbose: Bool = true
    ) async throws -> History {
        let shown: [any Callback] = verbose ? [ProgressBar(console: options.console)] : []
        let trainer = Trainer(limit: .epochs(epochs), callbacks: shown + callbacks, options: options)
        let result = try await trainer.fit(try module(for: "fit"), data: data)
        return History(epochs: result.history, ending: result.ending)
    }

    /// The loss and the metrics of samples that are not learned from, under `loss` and the metrics' names.
    public func evaluate(_ inputs: Tensor, _ targets: Tensor, batchSize: Int = 32) async throws -> MetricValues {
        try await evaluate(TensorData(inputs, targets, batchSize: batchSize))
    }

    /// The loss and the metrics of a data set's test split.
    public func evaluate(_ data: any DataModule) async throws -> MetricValues {
        let trainer = Trainer(options: options)
        let result = try await trainer.test(try module(for: "evaluate"), data: data)
        // Test figures are logged as test_loss; here there is one pass, and so no need to tell them apart.
        let prefix = Stage.test.prefix
        return MetricValues(
            result.metrics.map { name, value in
                (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name, value)
            })
    }

    /// The outputs for inputs: `[N, …]` → `[N, …]`, as in evaluation: nothing is dropped out, no statistics change.
    /// - Throws: `TensorError` of the layer that the inputs do not fit.
    public func predict(_ inputs: Tensor, batchSize: Int = 32) async throws -> Tensor {
        let module = compiled ?? SupervisedModule(layer, loss: MeanSquaredError())
        let data = TensorData(inputs, .zeros([inputs.rank > 0 ? inputs.shape[0] : 0]), batchSize: batchSize)
        var parts: [Tensor] = []
        try await Trainer(options: options).predict(module, data: data) { parts.append($0.outputs) }
        return try withTensorErrors { parts.count == 1 ? parts[0] : Tensor.concatenated(parts) }
    }

    /// The table of layers, shapes, parameters and work for inputs of a shape, `[N, …]`.
    /// - Throws: `TensorError` of the layer that the shape does not fit.
    public func summary(inputShape: Shape, dtype: DType = .float32) throws -> ModuleSummary {
        try layer.summary(inputShape: inputShape, dtype: dtype)
    }

    private func module(for verb: String) throws -> SupervisedModule {
        guard let compiled else {
            throw TrainingError(
                .badOption, "this model cannot \(verb): it does not know its loss",
                remedy: "compile it first: model.compile(loss: CrossEntropy())")
        }
        return compiled
    }
}
