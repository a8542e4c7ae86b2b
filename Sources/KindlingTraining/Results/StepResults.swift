// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine
public import KindlingOptim

/// An optimizer step that is about to be taken: its gradients are there.
///
/// Gradients are those of the mean loss over the step's samples, whatever batches they came in. Each may be given
/// another value.
public struct PendingStep {
    /// The number of steps taken before it.
    public let step: Int
    /// The optimizer that takes it.
    public let optimizer: Optimizer
    /// Batches that its gradients are of.
    public let batchCount: Int
    /// The parameters with a gradient, by name.
    public let parameters: [(name: String, parameter: Parameter)]

    /// The Euclidean length of all gradients together.
    ///
    /// Waits for the device.
    /// - Throws: `TensorError` when the device fails.
    public func gradientNorm() throws -> Double { try KindlingOptim.gradientNorm(of: parameters.map(\.parameter)) }
}

/// An optimizer step that was taken.
public struct StepResult {
    /// The number of steps taken so far.
    public let step: Int
    /// The optimizer that took it.
    public let optimizer: Optimizer
    /// The learning rate that it took.
    public let learningRate: Double
    /// Batches that its gradients were of.
    public let batchCount: Int
}

/// What loggers are told of a step, or of a look at the validation split within an epoch.
public struct StepFigures: Sendable, Equatable {
    /// The epoch's number, from 0.
    public let epoch: Int
    /// Optimizer steps taken so far in the whole run.
    public let step: Int
    /// Samples learned from so far in the whole run.
    public let samples: Int
    /// Seconds since the run began, in this call.
    public let seconds: Double
    /// The learning rate of the step.
    public let learningRate: Double
    /// What was logged: the step's own figures, not means over the epoch.
    public let metrics: MetricValues
}
