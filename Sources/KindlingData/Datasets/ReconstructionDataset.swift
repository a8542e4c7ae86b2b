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
    public func batch(at indices: [Int]) throws -> Batch { mirrored(try base.batch(at: indices)) }

    /// The samples as a pass sees them: where inputs are changed, so are targets.
    public func batch(at indices: [Int], in pass: DataPass) throws -> Batch {
        mirrored(try base.batch(at: indices, in: pass))
    }

    private func mirrored(_ batch: Batch) -> Batch {
        Batch(inputs: batch.inputs, targets: batch.inputs, indices: batch.indices)
    }
}
