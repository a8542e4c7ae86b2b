// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine

/// A batch that is about to go through the model.
public struct BatchStart: Sendable {
    /// The batch's number in its epoch or pass, from 0.
    public let batchIndex: Int
    /// How many batches there are.
    public let batchCount: Int
    /// The samples, where they are computed with.
    public let batch: Batch
}

/// What a training batch came to.
public struct BatchResult {
    /// The batch's number in its epoch, from 0.
    public let batchIndex: Int
    /// How many batches the epoch has.
    public let batchCount: Int
    /// Samples in this batch.
    public let sampleCount: Int
    /// The batch's loss, shape []; reading it waits for the device.
    public let loss: Tensor
    let means: MetricMeans

    /// What the epoch's batches logged for people to see, up to the moment of asking.
    ///
    /// Asking waits for the device.
    /// - Throws: the first number that could not be computed.
    public var metrics: MetricValues { get throws { try means.shownFigures() } }
}

/// A validation or test batch that was looked at.
public struct EvaluationBatch: Sendable {
    /// Which split.
    public let stage: Stage
    /// The batch's number in the pass, from 0.
    public let batchIndex: Int
    /// How many batches there are.
    public let batchCount: Int
    /// The samples.
    public let batch: Batch
    /// The model's outputs, where the step showed them with ``StepContext/show(outputs:)``.
    public let outputs: Tensor?
}

/// The outputs for one batch, and which samples they are of.
public struct Prediction: Sendable {
    /// The samples' places in their data set.
    public let indices: [Int]
    /// The outputs, `[N, …]`.
    public let outputs: Tensor
    /// The targets that came with the samples.
    public let targets: Tensor
}
