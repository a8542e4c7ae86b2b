// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine

/// A table of numbers in a text file, one column of which is to be told from the others: regression.
///
/// Inputs are float32 `[N, features]`, brought to zero mean and unit variance by the training split's figures; targets
/// float32 `[N, 1]`, as they are. Splits are drawn at random.
///
///     data: {type: Table, path: iris/iris.csv, target: petal_width, ignored: [species]}
public struct TableDataModule: DataModule {
    /// Which columns are what.
    struct Options: Sendable, Hashable {
        var target: String
        var features: [String] = []
        var ignored: [String] = []
        var header = true
        var separator = ","
        var normalize = true
    }

    private let path: String
    private let options: Options
    private let batchSize: Int
    private let validationFraction: Double
    private let testFraction: Double
    private let seed: UInt64
    private let directories: DataDirectories

    /// Describes the data; nothing is read yet.
    /// - Parameters:
    ///   - path: A UTF-8 text file of rows, gzip or not. One that is not absolute is looked for in the folders of
    ///     ``DataDirectories`` and in the current one.
    ///   - target: The name of the column to tell; without a header, its number from 1.
    ///   - features: The columns to tell it from, in the inputs' order; all others when empty.
    ///   - ignored: Columns that are not used, where no features are named.
    ///   - header: Whether the first row has the columns' names.
    ///   - separator: The one character between fields: a comma, a semicolon, a tab.
    ///   - normalize: Whether features are brought to zero mean and unit variance.
    ///   - batchSize: Rows in a training batch.
    ///   - validationFraction: The share of rows that is watched while learning.
    ///   - testFraction: The share of rows that is kept for the end.
    ///   - seed: What the split is derived from.
    ///   - dataDirectory: Where the file is looked for first.
    public init(
        _ path: String, target: String, features: [String] = [], ignored: [String] = [], header: Bool = true,
        separator: String = ",", normalize: Bool = true, batchSize: Int = 32, validationFraction: Double = 0.2,
        testFraction: Double = 0, seed: UInt64 = 42, dataDirectory: String? = nil
    ) {
        self.path = path
        options = Options(
            target: target, features: features, ignored: ignored, header: header, separator: separator,
            normalize: normalize)
        self.batchSize = batchSize
        self.validationFraction = validationFraction
        self.testFraction = testFraction
        self.seed = seed
        directories = DataDirectories(dataDirectory: dataDirectory)
    }

    /// `Table`.
    public var name: String { "Table" }

    /// The features' names; unless they are given, the file's first row is looked at.
    public var info: DataInfo {
        var names = options.features
        var reason: String?
        if names.isEmpty {
            do throws(DataError) { names = try RegressionTable.featureNames(at: locate(), options) } catch {
                reason = "\(error)"
            }
        }
        return DataInfo(
            inputShape: [names.count], targetShape: [1], unknownShape: reason, featureNames: names,
            sampleCounts: SampleCounts())
    }

    private func locate() throws(DataError) -> String { try directories.file(path) }

    /// Looks for the file.
    public func prepare() async throws { _ = try locate() }

    /// Reads, splits and standardises.
    public func setup() throws -> DataSplits { try splits(try RegressionTable(readingFrom: locate(), options)) }

    func splits(_ table: RegressionTable) throws -> DataSplits {
        guard validationFraction >= 0, testFraction >= 0, validationFraction + testFraction < 1 else {
            throw DataError(
                .invalidValue,
                "validation_fraction \(validationFraction) and test_fraction \(testFraction) leave nothing to learn from",
                remedy: "give fractions that add up to less than 1")
        }
        let count = table.targets.count
        let parts = try Split.random(
            count, into: [1 - validationFraction - testFraction, validationFraction, testFraction], seed: seed)
        let normalization =
            options.normalize ? try Standardization(fittedTo: parts[0].map { table.features[$0] }) : nil
        let dataset = try withTensorErrors {
            // In double precision, so that a small spread around a large mean is not lost.
            let values = table.features.flatMap { normalization?.applied(to: $0) ?? $0 }
            return try TensorDataset(
                features: Tensor(values.map(Float.init), shape: [count, table.names.count], on: .cpu),
                targets: Tensor(table.targets.map(Float.init), shape: [count, 1], on: .cpu))
        }
        func loader(_ samples: [Int], shuffle: Bool) throws -> DataLoader? {
            samples.isEmpty
                ? nil : DataLoader(try Subset(dataset, indices: samples), batchSize: batchSize, shuffle: shuffle)
        }
        return DataSplits(
            training: try loader(parts[0], shuffle: true), validation: try loader(parts[1], shuffle: false),
            test: try loader(parts[2], shuffle: false),
            predict: DataLoader(dataset, batchSize: batchSize, shuffle: false), normalization: normalization,
            fingerprint: "Table: \(options.target) from \(table.names.joined(separator: ", ")), \(count) rows, CRC"
                + " \(table.checksum), validation \(validationFraction), test \(testFraction), seed \(seed)"
                + (options.normalize ? "" : ", as they are"))
    }

    /// `Table` in recipes.
    public static let component = Component<any DataModule>(
        "Table", "A table of numbers in a text file, one column to be told from the others: regression.",
        Field<String>(required: "path", "A file of rows with separators, such as CSV."),
        Field<String>(required: "target", "The column to tell; without a header, its number from 1."),
        Field("features", default: [String](), "The columns to tell it from; all others when empty."),
        Field("ignored", default: [String](), "Columns that are not used, where no features are named."),
        Field("header", default: true, "Whether the first row has the columns' names."),
        Field("separator", default: ",", "The one character between fields."),
        Field("normalize", default: true, "Whether features are brought to zero mean and unit variance."),
        Field("batchSize", default: 32, in: .atLeast(1), unit: "samples", "Rows in a batch."),
        Field("validationFraction", default: 0.2, in: .fractionBelowOne, "Share that is watched while learning."),
        Field("testFraction", default: 0.0, in: .fractionBelowOne, "Share that is kept for the end."),
        Field("seed", default: 42, in: .nonNegative, "What the split is derived from."),
        Field("dataDir", default: String?.none, "The folder in which the file is looked for first.")
    ) {
        path, target, features, ignored, header, separator, normalize, batchSize, validationFraction, testFraction,
        seed, dataDirectory in
        TableDataModule(
            path, target: target, features: features, ignored: ignored, header: header, separator: separator,
            normalize: normalize, batchSize: batchSize, validationFraction: validationFraction,
            testFraction: testFraction, seed: UInt64(seed), dataDirectory: dataDirectory)
    }
}

extension Standardization {
    /// The numbers of one row, each normalised by its own column's figures.
    fileprivate func applied(to row: [Double]) -> [Double] {
        row.indices.map { (row[$0] * scale - mean[$0]) / standardDeviation[$0] }
    }
}
