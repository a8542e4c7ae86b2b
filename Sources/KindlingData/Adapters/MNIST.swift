// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations

/// Handwritten digits: 60,000 and 10,000 grey pictures of 28 by 28 (LeCun and others 1998).
///
/// Inputs are float32 `[N, 1, 28, 28]`, (pixel / 255 − 0.1307) / 0.3081; targets are the digits. The 10,000 are the
/// test split; of the 60,000, the last 5,000 or a share of each digit are held out for validation. Files are the four
/// published ones, packed or not.
public struct MNISTDataModule: DataModule {
    private let options: PictureOptions
    private let directories: DataDirectories

    /// Describes the data; nothing is read yet.
    /// - Parameters:
    ///   - validationFraction: The share of each digit held out from training; nil holds out the last 5,000 pictures.
    ///   - seed: What a split by share is derived from.
    ///   - target: What a model should answer: the class, or the picture itself with pixels in 0 ... 1.
    ///   - augmentation: How pictures are changed at random when they are learned from, in this order.
    ///   - dataDirectory: Where `mnist/train-images-idx3-ubyte.gz` and the others are looked for first.
    public init(
        batchSize: Int = 64, validationFraction: Double? = nil, seed: UInt64 = 42,
        target: PictureTarget = .label, augmentation: [any Transform] = [], dataDirectory: String? = nil
    ) {
        options = PictureOptions(
            batchSize: batchSize, validationFraction: validationFraction, seed: seed, target: target,
            augmentation: augmentation)
        directories = DataDirectories(dataDirectory: dataDirectory)
    }

    /// `MNIST`.
    public var name: String { "MNIST" }

    /// Grey pictures, ten digits.
    public var info: DataInfo {
        DataInfo(
            inputShape: MNIST.shape, targetShape: options.target == .label ? [] : MNIST.shape,
            classNames: options.target == .label ? (0...9).map(String.init) : [],
            sampleCounts: options.counts(training: MNIST.digitCounts, test: 10_000))
    }

    /// Looks for the files.
    public func prepare() async throws { _ = try MNIST.source.locate(in: directories) }

    /// Reads and splits.
    public func setup() throws -> DataSplits {
        let paths = try MNIST.source.locate(in: directories)
        return try options.splits(
            name, training: try MNIST.read(images: paths[0], labels: paths[1]),
            test: try MNIST.read(images: paths[2], labels: paths[3]), MNIST.normalization)
    }

    /// `MNIST` in recipes.
    public static let component = Component<any DataModule>(
        "MNIST", "Handwritten digits, 60,000 and 10,000 grey pictures of 28 by 28 (LeCun and others 1998).",
        Field("batchSize", default: 64, in: .atLeast(1), unit: "samples", "Samples in a batch."),
        Field(
            "validationFraction", default: Double?.none, in: .fractionBelowOne,
            "Share of each digit that is held out for validation; null holds out the last 5,000 pictures."),
        Field("seed", default: 42, in: .nonNegative, "What a split by share is derived from."),
        Field("target", default: PictureTarget.label, "What to answer: the class, or the picture in 0 ... 1 itself."),
        Field(
            list: "augmentation", of: Transforms.kind,
            "How pictures are changed at random when they are learned from, in this order."),
        Field("dataDir", default: String?.none, "The folder that has mnist/train-images-idx3-ubyte.gz and the others.")
    ) { batchSize, validationFraction, seed, target, augmentation, dataDirectory in
        MNISTDataModule(
            batchSize: batchSize, validationFraction: validationFraction, seed: UInt64(seed), target: target,
            augmentation: augmentation, dataDirectory: dataDirectory)
    }
}

/// The files.
enum MNIST {
    static let shape: Shape = [1, 28, 28]
    /// How many of the 60,000 show each digit.
    static let digitCounts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    static let normalization = Standardization(scale: 1.0 / 255, mean: [0.1307], standardDeviation: [0.3081])
    static let source = DataSource(
        name: "MNIST", folder: "mnist",
        files: ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map {
            ["\($0)-ubyte.gz", "\($0)-ubyte"]
        },
        published: "http://yann.lecun.com/exdb/mnist/ or one of its mirrors")
    /// Five times the largest file as published.
    private static let limit = 256 << 20

    /// Reads pictures and their digits.
    static func read(images: String, labels: String) throws(DataError) -> Pictures {
        try decode(
            images: try FileContents(readingFrom: images, limit: limit),
            labels: try FileContents(readingFrom: labels, limit: limit))
    }

    static func decode(images: FileContents, labels: FileContents) throws(DataError) -> Pictures {
        let pictures = try IDX(images, rank: 3), digits = try IDX(labels, rank: 1)
        guard pictures.sizes[1] == 28, pictures.sizes[2] == 28 else {
            throw DataError(
                .mismatch, path: images.path,
                "pictures of \(pictures.sizes[1]) by \(pictures.sizes[2]); MNIST's are 28 by 28")
        }
        return try Pictures(pixels: pictures.elements, labels: Array(digits.elements), shape: shape, path: labels.path)
    }
}
