// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Pictures that are changed at random each time training sees them.
///
/// Transforms work on pictures as they are stored, before the normalisation of ``base``; a border of zeros is black.
/// The numbers that decide follow from (seed, "augmentation", epoch, sample, place of the transform), so that neither
/// the batch size, nor threads, nor an interruption changes a picture.
///
///     let pictures = try AugmentedDataset(dataset, transforms: [RandomCrop(padding: 4), RandomHorizontalFlip()])
public struct AugmentedDataset: Dataset {
    /// The pictures as they are stored: features `[count, channels, height, width]`.
    public let base: TensorDataset
    /// What is done to them, in this order.
    public let transforms: [any Transform]

    /// Puts transforms before a data set's normalisation.
    /// - Throws: `DataError` when samples are no pictures, or a transform cannot be.
    public init(_ base: TensorDataset, transforms: [any Transform]) throws(DataError) {
        guard base.features.rank == 4 else {
            throw DataError(
                .mismatch, "features of shape \(base.features.shape) are no pictures, which transforms change",
                remedy: "give features of the shape [count, channels, height, width]")
        }
        for transform in transforms { try transform.validate() }
        self.base = base
        self.transforms = transforms
    }

    /// The number of pictures.
    public var count: Int { base.count }

    /// The pictures of the numbers given, unchanged.
    public func batch(at indices: [Int]) throws -> Batch { try base.batch(at: indices) }

    /// The pictures of the numbers given as a pass of training sees them.
    public func batch(at indices: [Int], in pass: DataPass) throws -> Batch {
        guard !transforms.isEmpty, !indices.isEmpty else { return try base.batch(at: indices) }
        try check(indices)
        let features = base.features
        let places = try withTensorErrors { Tensor(indices, on: features.device) }
        let picked = try withTensorErrors { features.gathered(at: places) }
        var pictures = PictureBatch(
            pixels: try picked.array(of: Float.self), count: indices.count, channels: features.shape[1],
            height: features.shape[2], width: features.shape[3], white: features.dtype == .uint8 ? 255 : 1)
        let samples = pass.streams("augmentation", samples: indices)
        for (place, transform) in transforms.enumerated() {
            var streams = samples.map { $0[place] }
            try transform.apply(to: &pictures, drawingFrom: &streams)
        }
        return try withTensorErrors {
            Batch(
                inputs: base.normalized(Tensor(pictures.pixels, shape: picked.shape, on: features.device)),
                targets: base.targets.gathered(at: places), indices: indices)
        }
    }
}
