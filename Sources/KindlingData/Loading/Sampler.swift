// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// The order in which an epoch visits samples.
///
/// The order follows from the arguments alone, so that a resumed run, or another thread, derives the same.
public protocol Sampler: Sendable {
    /// The numbers of the samples to visit, each in 0 ..< `count`.
    func order(of count: Int, epoch: Int, seed: UInt64) -> [Int]

    /// How many numbers ``order(of:epoch:seed:)`` gives; all `count` unless a sampler says otherwise.
    func sampleCount(of count: Int) -> Int
}

extension Sampler {
    /// Every sample once.
    public func sampleCount(of count: Int) -> Int { count }
}

/// Visits samples as they lie.
public struct SequentialSampler: Sampler {
    /// An order that never changes.
    public init() {}

    /// The samples in their order: 0, 1, 2, and so on.
    public func order(of count: Int, epoch: Int, seed: UInt64) -> [Int] { Array(0..<max(0, count)) }
}

/// Visits samples in random order, another one each epoch.
public struct ShuffledSampler: Sampler {
    /// An order derived from the run's seed and the epoch: `RandomStream(seed: seed)["shuffle"][epoch]`.
    public init() {}

    /// A permutation.
    public func order(of count: Int, epoch: Int, seed: UInt64) -> [Int] {
        var stream = RandomStream(seed: seed)["shuffle"][epoch]
        return stream.permutation(count)
    }
}
