// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine

/// Fisher's irises: 150 flowers, four lengths in centimetres, three species (Fisher 1936).
///
/// Kindling brings the data with the corrected values of Bezdek et al. (1999). Splits keep the species in proportion.
/// Features are standardised by the training split's means and deviations.
public struct IrisDataModule: DataModule {
    /// Samples in a training batch.
    public let batchSize: Int
    /// Share of the flowers that is watched while learning.
    public let validationFraction: Double
    /// Share of the flowers that is kept for the end.
    public let testFraction: Double
    /// What the split is derived from.
    public let seed: UInt64
    private let directories: DataDirectories

    /// Describes the data; nothing is read yet.
    /// - Parameters:
    ///   - testFraction: None by default: 150 flowers are few.
    ///   - dataDirectory: Where `iris/iris.csv` is looked for first.
    public init(
        batchSize: Int = 16, validationFraction: Double = 0.2, testFraction: Double = 0, seed: UInt64 = 42,
        dataDirectory: String? = nil
    ) {
        self.batchSize = batchSize
        self.validationFraction = validationFraction
        self.testFraction = testFraction
        self.seed = seed
        directories = DataDirectories(dataDirectory: dataDirectory)
    }

    /// `Iris`.
    public var name: String { "Iris" }

    /// Four features, three species.
    public var info: DataInfo {
        let parts = Split.counts(of: 50, fractions).map { $0 * 3 }
        return DataInfo(
            inputShape: [4], featureNames: ["sepal_length", "sepal_width", "petal_length", "petal_width"],
            classNames: Iris.species.map { String($0.dropFirst(5)) },
            sampleCounts: SampleCounts(training: parts[0], validation: parts[1], test: parts[2], predict: 150))
    }

    /// Looks for the file.
    public func prepare() async throws { _ = try Iris.source.locate(in: directories) }

    /// Reads, splits and standardises.
    public func setup() throws -> DataSplits {
        try checkFractions()
        let contents = try FileContents(readingFrom: try Iris.source.locate(in: directories)[0], limit: 1 << 20)
        let iris = try Iris(contents)
        let parts = try Split.stratified(iris.labels, into: fractions, seed: seed)
        let normalization = try Standardization(fittedTo: parts[0].map { iris.features[$0] })
        let dataset = try withTensorErrors {
            try TensorDataset(
                features: Tensor(
                    iris.features.flatMap { $0.map(Float.init) }, shape: [iris.labels.count, 4], on: .cpu),
                targets: Tensor(iris.labels, on: .cpu), normalization: normalization)
        }
        func loader(_ samples: [Int], shuffle: Bool) throws -> DataLoader? {
            samples.isEmpty
                ? nil : DataLoader(try Subset(dataset, indices: samples), batchSize: batchSize, shuffle: shuffle)
        }
        return DataSplits(
            training: try loader(parts[0], shuffle: true), validation: try loader(parts[1], shuffle: false),
            test: try loader(parts[2], shuffle: false),
            predict: DataLoader(dataset, batchSize: batchSize, shuffle: false), normalization: normalization,
            fingerprint: "Iris: \(iris.labels.count) flowers, CRC \(iris.checksum), validation \(validationFraction),"
                + " test \(testFraction), seed \(seed)")
    }

    private func checkFractions() throws(DataError) {
        guard validationFraction + testFraction < 1 else {
            throw DataError(
                .invalidValue,
                "validation_fraction \(validationFraction) and test_fraction \(testFraction) leave nothing to learn from",
                remedy: "give fractions that add up to less than 1")
        }
    }

    private var fractions: [Double] { [1 - validationFraction - testFraction, validationFraction, testFraction] }
}

extension IrisDataModule {
    /// `Iris` in recipes.
    public static let component = Component<any DataModule>(
        "Iris", "150 irises of three species by four lengths (Fisher 1936), which Kindling brings.",
        Field("batchSize", default: 16, in: .atLeast(1), unit: "samples", "Samples in a batch."),
        Field("validationFraction", default: 0.2, in: .fractionBelowOne, "Share that is watched while learning."),
        Field("testFraction", default: 0.0, in: .fractionBelowOne, "Share that is kept for the end."),
        Field("seed", default: 42, in: .nonNegative, "What the split is derived from."),
        Field("dataDir", default: String?.none, "The folder that has iris/iris.csv.")
    ) { batchSize, validationFraction, testFraction, seed, dataDirectory in
        IrisDataModule(
            batchSize: batchSize, validationFraction: validationFraction, testFraction: testFraction,
            seed: UInt64(seed), dataDirectory: dataDirectory)
    }
}

/// The table.
struct Iris {
    static let species = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"]
    static let source = DataSource(
        name: "Iris", folder: "iris", files: [["iris.csv", "bezdekIris.data", "iris.data"]],
        published: "the UCI Machine Learning Repository (https://doi.org/10.24432/C56C76)")

    /// Four lengths a flower.
    private(set) var features: [[Double]] = []
    /// Each flower's place in ``species``.
    private(set) var labels: [Int] = []
    /// The contents' CRC-32, equal for all spellings of the same table.
    let checksum: UInt32

    /// Reads four numbers and a species a line; a first line without numbers is a header.
    /// - Throws: `DataError` with the line of what is none.
    init(_ contents: FileContents) throws(DataError) {
        let table = try CSV(contents, columns: 5)
        var rows = table.rows[...]
        if let first = rows.first, first.fields.allSatisfy({ Double($0) == nil }) { rows = rows.dropFirst() }
        var canonical: [UInt8] = []
        for row in rows {
            var lengths: [Double] = []
            for column in 0..<4 { lengths.append(try table.number(row, column)) }
            guard
                let label = Iris.species.firstIndex(where: { $0 == row.fields[4] || $0.dropFirst(5) == row.fields[4] })
            else {
                throw DataError(
                    .malformed, path: table.path, line: row.line, column: row.columns[4],
                    "there is no species '\(row.fields[4].prefix(40))'",
                    remedy: "write one of \(Iris.species.joined(separator: ", "))")
            }
            features.append(lengths)
            labels.append(label)
            canonical += "\(lengths) \(label)\n".utf8
        }
        guard !labels.isEmpty else {
            throw DataError(.truncated, path: table.path, "there are no flowers in it", remedy: "get the file again")
        }
        checksum = Gzip.checksum(canonical)
    }
}
