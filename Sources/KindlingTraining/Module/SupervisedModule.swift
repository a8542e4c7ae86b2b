// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine
public import KindlingMetrics
public import KindlingNN
public import KindlingOptim

/// A model trained on inputs and targets with a loss: what recipes describe, and the short way in Swift.
///
///     let module = SupervisedModule(net, loss: CrossEntropy(), metrics: [Accuracy()], optimizer: .adam())
public final class SupervisedModule: TrainingModule {
    /// The model.
    public let model: any Layer
    /// The name in run folders and messages.
    public let name: String
    private let loss: any Loss
    private let metrics: [any Metric]
    private let plan: OptimizerPlan

    /// Puts model, loss, metrics and optimizer together.
    public init(
        _ model: any Layer, loss: any Loss, metrics: [any Metric] = [], optimizer: OptimizerPlan = .adam(),
        name: String = "model"
    ) {
        self.model = model
        self.loss = loss
        self.metrics = metrics
        self.name = name
        plan = optimizer
    }

    /// The loss of a batch, with what the model adds to it; logs it as `loss`, and every metric under its name.
    public func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let outputs = model(batch.inputs)
        context.show(outputs: outputs)
        var value = loss(outputs, batch.targets)
        for term in ForwardContext.takeLosses() {
            context.log(term.name, term.value)
            value = value + term.value
        }
        context.log("loss", value)
        for metric in metrics { try context.log(metric, outputs, batch.targets) }
        return value
    }

    /// The model's outputs.
    public func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { model(batch.inputs) }

    /// The plan that was given.
    public func configureOptimizers() -> OptimizerPlan { plan }

    /// The model alone, so that Keras and others find its weights where they look for them.
    public var checkpointRoot: any Module { model }
}
