// SPDX-License-Identifier: Apache-2.0

/// What a pass over the validation or test split came to.
public struct EvaluationResult: Sendable {
    /// Which split.
    public let stage: Stage
    /// What the steps logged, in the mean over the samples.
    public let metrics: MetricValues
    /// How many samples there were.
    public let sampleCount: Int
    /// How long it took, in seconds.
    public let seconds: Double
}

/// What an epoch came to: training, and validation where there was any.
public struct EpochResult: Sendable {
    /// The epoch's number, from 0.
    public let epoch: Int
    /// Optimizer steps taken so far in the whole run.
    public let step: Int
    /// The learning rate of the last step.
    public let learningRate: Double
    /// The means of training (`loss`) and validation (`val_loss`).
    public let metrics: MetricValues
    /// How long the epoch took, in seconds.
    public let seconds: Double
    /// Samples learned from so far in the whole run.
    public internal(set) var samples = 0
}

/// How a fit ended.
public struct FitResult: Sendable {
    /// Why it ended.
    public enum Ending: Sendable, Hashable {
        /// The limit was reached.
        case limit(String)
        /// A callback stopped it, and said why.
        case stopped(String)
        /// A signal stopped it.
        case interrupted(signal: Int32)
    }

    /// Why it ended.
    public let ending: Ending
    /// Epochs finished.
    public let epochs: Int
    /// Optimizer steps taken.
    public let steps: Int
    /// The last epoch's metrics.
    public let metrics: MetricValues
    /// Every finished epoch of this call.
    public let history: [EpochResult]
    /// The run's folder, when one was made.
    public let directory: String?
    /// How long it took, in seconds.
    public let seconds: Double
}
