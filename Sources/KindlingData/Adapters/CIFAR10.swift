// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations

/// Small colour pictures of ten classes: 50,000 and 10,000 of 32 by 32 (Krizhevsky 2009).
///
/// Inputs are float32 `[N, 3, 32, 32]`, each channel brought to zero mean and unit variance over the 50,000; targets
/// are the classes. The 10,000 are the test split; of the 50,000, the last 5,000 or a share of each class are held out
/// for validation. Files are those of the binary version, each packed by itself or not.
public struct CIFAR10DataModule: DataModule {
    private let options: PictureOptions
    private let directories: DataDirectories

    /// Describes the data; nothing is read yet.
    /// - Parameters:
    ///   - validationFraction: The share of each class held out from training; nil holds out the last 5,000 pictures.
    ///   - seed: What a split by share is derived from.
    ///   - target: What a model should answer: the class, or the picture itself with pixels in 0 ... 1.
    ///   - augmentation: How pictures are changed at random when they are learned from, in this order.
    ///   - dataDirectory: Where `cifar-10-batches-bin/data_batch_1.bin` and the others are looked for first.
    public init(
        batchSize: Int = 64, validationFraction: Double? = nil, seed: UInt64 = 42,
        target: PictureTarget = .label, augmentation: [any Transform] = [], dataDirectory: String? = nil
    ) {
        options = PictureOptions(
            batchSize: batchSize, validationFraction: validationFraction, seed: seed, target: target,
            augmentation: augmentation)
        directories = DataDirectories(dataDirectory: dataDirectory)
    }

    /// `CIFAR10`.
    public var name: String { "CIFAR10" }

    /// Colour pictures, ten classes.
    public var info: DataInfo {
        DataInfo(
            inputShape: CIFAR10.shape, targetShape: options.target == .label ? [] : CIFAR10.shape,
            classNames: options.target == .label ? CIFAR10.classNames : [],
            sampleCounts: options.counts(training: [Int](repeating: 5_000, count: 10), test: 10_000))
    }

    /// Looks for the files.
    public func prepare() async throws { _ = try CIFAR10.source.locate(in: directories) }

    /// Reads and splits.
    public func setup() throws -> DataSplits {
        let paths = try CIFAR10.source.locate(in: directories)
        return try options.splits(
            name, training: try CIFAR10.read(paths.dropLast()), test: try CIFAR10.read(paths.suffix(1)),
            CIFAR10.normalization)
    }

    /// `CIFAR10` in recipes.
    public static let component = Component<any DataModule>(
        "CIFAR10", "Small colour pictures of ten classes, 50,000 and 10,000 of 32 by 32 (Krizhevsky 2009).",
        Field("batchSize", default: 64, in: .atLeast(1), unit: "samples", "Samples in a batch."),
        Field(
            "validationFraction", default: Double?.none, in: .fractionBelowOne,
            "Share of each class that is held out for validation; null holds out the last 5,000 pictures."),
        Field("seed", default: 42, in: .nonNegative, "What a split by share is derived from."),
        Field("target", default: PictureTarget.label, "What to answer: the class, or the picture in 0 ... 1 itself."),
        Field(
            list: "augmentation", of: Transforms.kind,
            "How pictures are changed at random when they are learned from, in this order."),
        Field(
            "dataDir", default: String?.none,
            "The folder that has cifar-10-batches-bin/data_batch_1.bin and the others.")
    ) { batchSize, validationFraction, seed, target, augmentation, dataDirectory in
        CIFAR10DataModule(
            batchSize: batchSize, validationFraction: validationFraction, seed: UInt64(seed), target: target,
            augmentation: augmentation, dataDirectory: dataDirectory)
    }
}

/// The files.
enum CIFAR10 {
    static let shape: Shape = [3, 32, 32]
    static let classNames = [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
    static let normalization = Standardization(
        scale: 1.0 / 255, mean: [0.4914, 0.4822, 0.4465], standardDeviation: [0.2470, 0.2435, 0.2616])
    static let source = DataSource(
        name: "CIFAR-10", folder: "cifar-10-batches-bin",
        files: ((1...5).map { "data_batch_\($0)" } + ["test_batch"]).map { ["\($0).bin", "\($0).bin.gz"] },
        published: "https://www.cs.toronto.edu/~kriz/cifar.html (the binary version)")
    /// A class, then the picture's three planes.
    private static let recordSize = 1 + 3 * 32 * 32
    private static let recordsInFile = 10_000

    /// Reads the pictures of all files.
    static func read(_ paths: ArraySlice<String>) throws(DataError) -> Pictures {
        var pixels: [UInt8] = [], labels: [UInt8] = []
        pixels.reserveCapacity(paths.count * recordsInFile * (recordSize - 1))
        for path in paths {
            let contents = try FileContents(readingFrom: path, limit: recordSize * recordsInFile)
            try decode(contents, records: recordsInFile, pixels: &pixels, labels: &labels)
        }
        return try Pictures(pixels: pixels[...], labels: labels, shape: shape, path: paths.first ?? "")
    }

    /// Adds a file's pictures.
    /// - Parameter records: How many there must be; a file cut at the end of a record is found so.
    static func decode(
        _ contents: FileContents, records: Int, pixels: inout [UInt8], labels: inout [UInt8]
    ) throws(DataError) {
        let bytes = contents.bytes
        guard bytes.count == records * recordSize else {
            throw DataError(
                bytes.count < records * recordSize ? .truncated : .malformed, path: contents.path,
                "\(records) records of \(recordSize) bytes are \(records * recordSize) bytes, found \(bytes.count)",
                remedy: "get the file again; the binary version is needed")
        }
        for start in stride(from: 0, to: bytes.count, by: recordSize) {
            guard bytes[start] <= 9 else {
                throw DataError(
                    .malformed, path: contents.path,
                    "record \(start / recordSize) is of class \(bytes[start]); classes are 0 ... 9",
                    remedy: "get the file again; the binary version is needed")
            }
            labels.append(bytes[start])
            pixels.append(contentsOf: bytes[start + 1..<start + recordSize])
        }
    }
}
