// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine

/// Pictures in bytes, each of one of ten classes, as files have them.
struct Pictures {
    /// The pictures' bytes, one picture after the other.
    let pixels: ArraySlice<UInt8>
    /// Each picture's class.
    let labels: [UInt8]
    /// One picture's channels, height and width.
    let shape: Shape

    /// Puts pictures and classes together.
    /// - Parameter path: The file that the classes are from.
    /// - Throws: `DataError` when they are not equally many, there are none, or a class is none of ten.
    init(pixels: ArraySlice<UInt8>, labels: [UInt8], shape: Shape, path: String) throws(DataError) {
        let count = pixels.count / max(1, shape.elementCount)
        guard labels.count == count, pixels.count == count * shape.elementCount else {
            throw DataError(
                .mismatch, path: path, "\(labels.count) classes for \(count) pictures",
                remedy: "take both files from one release")
        }
        guard count > 0 else {
            throw DataError(.truncated, path: path, "there are no pictures in it", remedy: "get the file again")
        }
        if let bad = labels.firstIndex(where: { $0 > 9 }) {
            throw DataError(
                .malformed, path: path, "picture \(bad) is of class \(labels[bad]); classes are 0 ... 9",
                remedy: "get the file again")
        }
        self.pixels = pixels
        self.labels = labels
        self.shape = shape
    }

    /// The CRC-32 of pictures and classes.
    var checksum: UInt32 { Gzip.checksum(labels, continuing: Gzip.checksum(pixels)) }

    /// The pictures as they are stored, to be normalised when picked.
    func dataset(_ normalization: Standardization) throws -> TensorDataset {
        let whole = Shape([labels.count] + shape.dimensions)
        return try withTensorErrors {
            let features = pixels.withUnsafeBytes { Tensor(bytes: $0, shape: whole, dtype: .uint8, on: .cpu) }
            return try TensorDataset(
                features: features, targets: Tensor(labels.map(Int64.init), on: .cpu), normalization: normalization)
        }
    }
}

/// How published pictures are split and cut into batches: the same for every such data set.
struct PictureOptions: Sendable {
    /// Samples in a training batch.
    var batchSize: Int
    /// The share held out from training by class, or nil for the last ``heldOut``.
    var validationFraction: Double?
    /// What a split by share is derived from.
    var seed: UInt64
    /// What a model should answer.
    var target = PictureTarget.label
    /// How pictures are changed at random when they are learned from.
    var augmentation: [any Transform] = []
    /// How many are held out unless a share is.
    static let heldOut = 5_000

    /// The samples to learn from and those to watch.
    func split(_ labels: [UInt8]) throws(DataError) -> (training: [Int], validation: [Int]) {
        if let fraction = validationFraction {
            let parts = try Split.stratified(labels.map(Int.init), into: [1 - fraction, fraction], seed: seed)
            return (parts[0], parts[1])
        }
        guard labels.count > PictureOptions.heldOut else {
            throw DataError(
                .invalidValue,
                "of \(labels.count) pictures the last \(PictureOptions.heldOut) cannot be held out for validation",
                remedy: "give a validation fraction instead")
        }
        let border = labels.count - PictureOptions.heldOut
        return (Array(0..<border), Array(border..<labels.count))
    }

    /// The sizes of the splits, when each of ten classes has so many pictures.
    func counts(training perClass: [Int], test: Int) -> SampleCounts {
        let total = perClass.reduce(0, +)
        let validation =
            validationFraction.map { share in perClass.reduce(0) { $0 + Split.counts(of: $1, [1 - share, share])[1] } }
            ?? PictureOptions.heldOut
        return SampleCounts(training: total - validation, validation: validation, test: test, predict: test)
    }

    /// The loaders.
    func splits(_ name: String, training: Pictures, test: Pictures, _ normalization: Standardization) throws
        -> DataSplits
    {
        let (learned, watched) = try split(training.labels)
        let pictures = try training.dataset(target.normalization(normalization))
        let seen: any Dataset =
            augmentation.isEmpty ? pictures : try AugmentedDataset(pictures, transforms: augmentation)
        let testPictures = try test.dataset(target.normalization(normalization))
        let testLoader = DataLoader(answered(testPictures), batchSize: batchSize, shuffle: false)
        let holding =
            validationFraction.map { "validation \($0) by seed \(seed)" } ?? "validation last \(PictureOptions.heldOut)"
        return DataSplits(
            training: learned.isEmpty
                ? nil : DataLoader(try Subset(answered(seen), indices: learned), batchSize: batchSize, shuffle: true),
            validation: watched.isEmpty
                ? nil
                : DataLoader(try Subset(answered(pictures), indices: watched), batchSize: batchSize, shuffle: false),
            test: testLoader, predict: testLoader, normalization: target.normalization(normalization),
            fingerprint: "\(name): \(training.labels.count) + \(test.labels.count) pictures, CRC"
                + " \(training.checksum) \(test.checksum), \(holding)\(target == .label ? "" : ", target input")")
    }

    private func answered(_ labelled: any Dataset) -> any Dataset {
        target == .label ? labelled : ReconstructionDataset(labelled)
    }
}

/// What a model should answer for a picture.
public enum PictureTarget: String, Sendable, Hashable, FieldChoice {
    /// The picture's class.
    case label
    /// The picture itself, for autoencoders: pixels in 0 ... 1, as inputs and as targets.
    case input

    func normalization(_ standard: Standardization) -> Standardization {
        self == .label ? standard : Standardization(scale: standard.scale, mean: [0], standardDeviation: [1])
    }
}
