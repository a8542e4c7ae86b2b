// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine

/// What a callback sees of a run, and the little it may do: look, stop, save, log.
public protocol RunControl: AnyObject {
    /// How far the run has come.
    var progress: Progress { get }
    /// What is being done.
    var stage: Stage { get }
    /// When the run has done enough.
    var limit: Limit { get }
    /// How many batches a training epoch has.
    var batchesPerEpoch: Int { get }
    /// The learning rate of the next step.
    var learningRate: Double { get }
    /// The module.
    var module: any TrainingModule { get }
    /// What is known about the data.
    var data: DataInfo { get }
    /// Where it computes.
    var device: Device { get }
    /// The run's folder, made when it is first asked for.
    /// - Throws: when it cannot be made.
    func directory() throws -> String

    /// Ends the run after the current batch, for a reason that people will read.
    func stop(because reason: String)
    /// Writes a checkpoint to a path.
    func saveCheckpoint(to path: String) throws
    /// Adds a figure to those of the epoch.
    func log(_ name: String, _ value: Double)
}
