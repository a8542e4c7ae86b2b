// SPDX-License-Identifier: Apache-2.0

/// Cuts a data set into batches, epoch after epoch.
///
///     let loader = DataLoader(dataset, batchSize: 64, shuffle: true)
///     var batches = loader.batches(epoch: 0, seed: 42)
///     while let batch = try batches.next() { … }
public struct DataLoader: Sendable {
    /// Where samples come from.
    public let dataset: any Dataset
    /// Samples in each batch, except perhaps the last.
    public let batchSize: Int
    /// The order of the samples.
    public let sampler: any Sampler
    /// Whether a last batch that is not full is left out.
    public let dropLast: Bool

    /// Loads samples in random order, or as they lie.
    ///
    /// A batch size below 1 is reported when the first batch is asked for.
    public init(_ dataset: any Dataset, batchSize: Int, shuffle: Bool, dropLast: Bool = false) {
        self.init(
            dataset, batchSize: batchSize, sampler: shuffle ? ShuffledSampler() : SequentialSampler(),
            dropLast: dropLast)
    }

    /// Loads samples in a sampler's order.
    public init(_ dataset: any Dataset, batchSize: Int, sampler: any Sampler, dropLast: Bool = false) {
        self.dataset = dataset
        self.batchSize = batchSize
        self.sampler = sampler
        self.dropLast = dropLast
    }

    /// The number of batches in an epoch.
    public var batchCount: Int {
        guard batchSize > 0 else { return 0 }  // The iterator refuses such a size with an error.
        let samples = sampler.sampleCount(of: dataset.count)
        return samples / batchSize + (!dropLast && samples % batchSize > 0 ? 1 : 0)
    }

    /// The number of samples in an epoch's batches.
    public var sampleCount: Int {
        let samples = sampler.sampleCount(of: dataset.count)
        return dropLast ? batchCount * max(0, batchSize) : samples
    }

    /// The batches of an epoch, from `firstBatch` on: exactly those that an interrupted epoch still had to come.
    public func batches(epoch: Int, seed: UInt64, from firstBatch: Int = 0) -> BatchIterator {
        BatchIterator(self, epoch: epoch, seed: seed, from: firstBatch)
    }
}
