// SPDX-License-Identifier: Apache-2.0

/// How far a run has come: the only truth that resuming needs, besides weights and state.
///
/// "Step" is one optimizer step, always. Everything random is derived from the seed and these numbers.
public struct Progress: Sendable, Hashable, Codable {
    /// Epochs finished.
    public var epoch = 0
    /// Optimizer steps taken.
    public var step = 0
    /// Batches of the current epoch that were learned from.
    public var batch = 0
    /// Samples learned from, in the whole run.
    public var samples = 0
    /// The run's seed.
    public var seed: UInt64

    /// The beginning of a run.
    public init(seed: UInt64) { self.seed = seed }
}
