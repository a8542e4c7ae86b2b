// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// Samples that lie in memory: features and targets, one slice along the first axis for each sample.
///
/// Features may stay as small as they were stored, uint8 for pictures: `normalization` makes float32 of what has been
/// picked.
public struct TensorDataset: Dataset {
    /// All features: `[count, …]`.
    public let features: Tensor
    /// All targets: `[count]` or `[count, …]`.
    public let targets: Tensor
    /// What is done to features after picking.
    public let normalization: Standardization?
    private let affine: (factor: Tensor, addend: Tensor)?

    /// Puts features and targets together.
    /// - Throws: `DataError` when they are not equally many, or the normalisation does not fit a sample.
    public init(features: Tensor, targets: Tensor, normalization: Standardization? = nil) throws {
        guard features.rank > 0, targets.rank > 0, features.shape[0] == targets.shape[0] else {
            throw DataError(
                .mismatch,
                "features of shape \(features.shape) and targets of shape \(targets.shape) are not one"
                    + " target for each sample", remedy: "give both the same size along the first axis")
        }
        self.features = features
        self.targets = targets
        self.normalization = normalization
        let sample = Shape(features.shape.dimensions.dropFirst())
        affine = try normalization.map { try $0.affine(for: sample, on: features.device) }
    }

    /// The number of samples.
    public var count: Int { features.shape[0] }

    /// Picks and normalises.
    public func batch(at indices: [Int]) throws -> Batch {
        try check(indices)
        return try withTensorErrors {
            let places = Tensor(indices, on: features.device)
            return Batch(
                inputs: normalized(features.gathered(at: places)), targets: targets.gathered(at: places),
                indices: indices)
        }
    }

    /// Features that were picked, as the model gets them.
    func normalized(_ picked: Tensor) -> Tensor {
        guard let affine else { return picked }
        return picked.multiplied(by: affine.factor, adding: affine.addend)
    }
}
