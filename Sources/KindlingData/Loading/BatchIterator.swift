// SPDX-License-Identifier: Apache-2.0

/// The batches of one epoch, one after the other.
///
/// The whole epoch's order is known from the start and each batch is a function of its number, so batches can be
/// fetched ahead without changing any.
public struct BatchIterator: Sendable {
    private let loader: DataLoader
    private let order: [Int]
    private let pass: DataPass
    private let batchCount: Int
    /// The number in the epoch, from 0, of the batch that ``next()`` gives next.
    public private(set) var position: Int

    init(_ loader: DataLoader, epoch: Int, seed: UInt64, from firstBatch: Int) {
        self.loader = loader
        position = firstBatch
        batchCount = loader.batchCount
        pass = DataPass(epoch: epoch, seed: seed)
        order = loader.sampler.order(of: loader.dataset.count, epoch: epoch, seed: seed)
    }

    /// The next batch, or nil after the last.
    /// - Throws: `DataError` for a batch size below 1 or a negative first batch, or what the data set throws.
    public mutating func next() throws -> Batch? {
        guard loader.batchSize > 0 else {
            throw DataError(
                .invalidValue, "a batch size of \(loader.batchSize) gives no batches", remedy: "give 1 or more")
        }
        guard position >= 0 else {
            throw DataError(.invalidValue, "there is no batch \(position)", remedy: "count batches from 0")
        }
        guard position < batchCount else { return nil }
        let start = position * loader.batchSize
        let samples = Array(order[start..<min(order.count, start + loader.batchSize)])
        let batch = try loader.dataset.batch(at: samples, in: pass)
        position += 1
        return batch
    }
}
