// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// One pass over a data set: what everything random about its samples is derived from.
///
/// A sample's numbers follow from the seed, the epoch and the sample alone, so that neither the batch size, nor the
/// samples beside it, nor an interruption changes them.
public struct DataPass: Sendable, Hashable {
    /// The number of the epoch, from 0.
    public var epoch: Int
    /// The run's seed.
    public var seed: UInt64

    /// Names a pass.
    public init(epoch: Int, seed: UInt64) {
        self.epoch = epoch
        self.seed = seed
    }

    /// Each sample's stream for a purpose: `RandomStream(seed: seed)[purpose][epoch][sample]`.
    public func streams(_ purpose: String, samples: [Int]) -> [RandomStream] {
        let epochs = RandomStream(seed: seed)[purpose][epoch]
        return samples.map { epochs[$0] }
    }
}
