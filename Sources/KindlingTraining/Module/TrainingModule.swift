// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine
public import KindlingNN
public import KindlingOptim

/// A model and how it learns: what a ``Trainer`` trains.
///
/// Only ``trainingStep(_:_:)`` has to be written.
///
///     final class IrisClassifier: TrainingModule {
///         let net = Sequential { Linear(4, 16); ReLU(); Linear(16, 3) }
///         func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
///             let logits = net(batch.inputs)
///             let loss = crossEntropy(logits, batch.targets)
///             context.log("loss", loss)
///             context.log("accuracy", accuracy(logits, batch.targets))
///             return loss
///         }
///         func configureOptimizers() -> OptimizerPlan { .adam(learningRate: 1e-2) }
///     }
public protocol TrainingModule: Module {
    /// The loss of a batch, shape []. The `Trainer` computes gradients from it and takes the optimizer's step.
    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor

    /// Looks at a batch that is not learned from. The training step, unless a module says otherwise; what it logs is
    /// kept under `val_…`.
    func validationStep(_ batch: Batch, _ context: StepContext) throws

    /// Looks at a batch of the test split. The validation step, unless a module says otherwise; what it logs is kept
    /// under `test_…`.
    func testStep(_ batch: Batch, _ context: StepContext) throws

    /// The outputs for a batch: `[N, …]`.
    func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor

    /// The optimizer and how its learning rate changes. Adam with 1e-3, unless a module says otherwise.
    func configureOptimizers() -> OptimizerPlan

    /// Callbacks that every run of this module has, after the Trainer's own in each band. None, unless a module says
    /// otherwise; one that is a ``Callback`` itself answers with `[self]`.
    func configureCallbacks() -> [any Callback]

    /// The module whose weights stand at the root of a checkpoint: this one, unless only a part of it is of use to
    /// others.
    var checkpointRoot: any Module { get }

    /// The name in run folders and messages; the type's name, unless a module says otherwise.
    var name: String { get }
}

extension TrainingModule {
    /// The training step, without learning.
    public func validationStep(_ batch: Batch, _ context: StepContext) throws { _ = try trainingStep(batch, context) }

    /// The validation step.
    public func testStep(_ batch: Batch, _ context: StepContext) throws { try validationStep(batch, context) }

    /// Refuses: what a prediction is only the module knows.
    public func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        throw TrainingError(
            .missingStep, "\(name) does not say what a prediction is",
            remedy: "write predictStep(_:_:), which gives the outputs for a batch")
    }

    /// Adam with a learning rate of 1e-3.
    public func configureOptimizers() -> OptimizerPlan { .adam() }

    /// None.
    public func configureCallbacks() -> [any Callback] { [] }

    /// The module itself.
    public var checkpointRoot: any Module { self }

    /// The type's name.
    public var name: String { String(describing: type(of: self)) }
}
