// SPDX-License-Identifier: Apache-2.0

/// The samples of another data set with their inputs as targets: what autoencoders learn from.
public struct ReconstructionDataset: Dataset {
    /// Where the samples come from.
    public let base: any Dataset

    /// Puts each sample's inputs in the place of its target.
    public init(_ base: any Dataset) { self.base = base }

    /// The number of samples.
    public var count: Int { base.count }

    /// The samples of the numbers given.
    public func batch(at indices: [Int]) throws -> Batch {
        var batch = try base.batch(at: indices)
        batch.targets = batch.inputs
        return batch
    }
}
