// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations

/// Text from files, character by character: what a small language model learns to continue.
///
/// Inputs are int64 `[N, blockLength]`, targets the same one character further. The first part of the text is learned
/// from, what follows is watched while learning, and the end, if any, is kept for the end. The characters that occur
/// are the vocabulary, in ascending order; checkpoints keep it, so that what a model predicts can be read.
///
///     data: {type: TextFile, path: novels/emma.txt, block_length: 128}
public struct TextFileDataModule: DataModule {
    /// How a text is cut into samples.
    struct Options: Sendable, Hashable {
        var batchSize = 64
        var blockLength = 64
        /// From one window to the next in an epoch of training; the block's length when nil.
        var stride: Int?
        var validationFraction = 0.1
        var testFraction = 0.0
    }

    private let source: TextSource
    private let options: Options
    /// `TextFile`.
    public let name: String

    /// Describes the data; nothing is read yet.
    /// - Parameters:
    ///   - paths: UTF-8 text files, gzip or not, read one after the other. One that is not absolute is looked for in the
    ///     folders of ``DataDirectories`` and in the current one.
    ///   - batchSize: Windows in a training batch.
    ///   - blockLength: Characters in a window.
    ///   - stride: Characters from one window to the next within an epoch of training; the block's length when nil.
    ///   - validationFraction: The share of the text, before the test's, that is watched while learning.
    ///   - testFraction: The share at the end of the text that is kept for the end.
    ///   - dataDirectory: Where files are looked for first.
    public init(
        _ paths: [String], batchSize: Int = 64, blockLength: Int = 64, stride: Int? = nil,
        validationFraction: Double = 0.1, testFraction: Double = 0, dataDirectory: String? = nil
    ) {
        let options = Options(
            batchSize: batchSize, blockLength: blockLength, stride: stride, validationFraction: validationFraction,
            testFraction: testFraction)
        self.init(
            name: "TextFile", .paths(paths, DataDirectories(dataDirectory: dataDirectory)), options)
    }

    init(name: String, _ source: TextSource, _ options: Options) {
        self.name = name
        self.source = source
        self.options = options
    }

    /// Windows of tokens; how many follows from the text.
    public var info: DataInfo {
        let window: Shape = [max(1, options.blockLength)]
        return DataInfo(
            inputShape: window, inputDType: .int64, targetShape: window, targetDType: .int64,
            sampleCounts: SampleCounts())
    }

    /// Looks for the files.
    public func prepare() async throws { _ = try source.locate() }

    /// Reads, counts characters and splits.
    public func setup() throws -> DataSplits {
        let text = try CharacterText(readingFrom: try source.locate())
        return try splits(text)
    }

    func splits(_ text: CharacterText) throws(DataError) -> DataSplits {
        let (validation, test) = (options.validationFraction, options.testFraction)
        guard validation >= 0, test >= 0, validation + test < 1 else {
            throw DataError(
                .invalidValue,
                "validation_fraction \(validation) and test_fraction \(test) leave nothing to learn from",
                remedy: "give fractions from 0 on that add up to less than 1")
        }
        let count = text.tokens.count
        // A share such as 0.9 · 10, which the format cannot hold exactly, must not lose a character to rounding.
        let borders = [1 - validation - test, 1 - test].map { Int(($0 * Double(count) + 1e-6).rounded(.down)) }
        let stride = options.stride ?? options.blockLength
        func loader(_ range: Range<Int>, _ part: String, shuffle: Bool) throws(DataError) -> DataLoader? {
            guard !range.isEmpty else { return nil }
            guard options.blockLength >= 1, range.count > options.blockLength else {
                throw DataError(
                    .invalidValue, path: text.path,
                    "the \(part) split has \(range.count) of \(count) characters, too few for a block of"
                        + " \(options.blockLength) and one that follows",
                    remedy: "give a longer text, a smaller block_length, or another fraction")
            }
            let dataset = try TokenDataset(text.tokens[range], blockLength: options.blockLength)
            let sampler = WindowSampler(stride: shuffle ? stride : options.blockLength, shuffle: shuffle)
            return DataLoader(dataset, batchSize: options.batchSize, sampler: sampler)
        }
        let watched = try loader(borders[0]..<borders[1], "validation", shuffle: false)
        return DataSplits(
            training: try loader(0..<borders[0], "training", shuffle: true), validation: watched,
            test: try loader(borders[1]..<count, "test", shuffle: false), predict: watched,
            fingerprint: "\(name): \(count) characters, \(text.vocabulary.count) different, CRC \(text.checksum),"
                + " blocks of \(options.blockLength) every \(stride), validation \(validation), test \(test)",
            vocabulary: text.vocabulary)
    }

    /// `TextFile` in recipes.
    public static let component = Component<any DataModule>(
        "TextFile", "Text from files, character by character, for language models.",
        Field<OneOrMore<String>>(required: "path", "A text file, or several, read one after the other."),
        Field("batchSize", default: 64, in: .atLeast(1), unit: "samples", "Windows in a batch."),
        Field("blockLength", default: 64, in: .atLeast(1), unit: "characters", "Characters in a window."),
        Field<Int?>(
            "stride", default: nil, in: .atLeast(1), unit: "characters",
            "From one window of an epoch of training to the next; the block's length when null."),
        Field("validationFraction", default: 0.1, in: .fractionBelowOne, "Share of the text that is watched."),
        Field("testFraction", default: 0.0, in: .fractionBelowOne, "Share at the text's end, kept for the end."),
        Field("dataDir", default: String?.none, "The folder in which files are looked for first.")
    ) { path, batchSize, blockLength, stride, validationFraction, testFraction, dataDirectory in
        TextFileDataModule(
            path.elements, batchSize: batchSize, blockLength: blockLength, stride: stride,
            validationFraction: validationFraction, testFraction: testFraction, dataDirectory: dataDirectory)
    }
}
