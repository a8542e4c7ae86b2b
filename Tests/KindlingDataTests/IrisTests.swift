// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingData

@Suite struct IrisTests {
    private func read(_ path: String) throws -> Iris { try Iris(try FileContents(readingFrom: path, limit: 1 << 20)) }

    private func bundled() throws -> Iris { try read("\(Published.checkout)/datasets/iris/iris.csv") }

    /// Means and deviations (n − 1) of the table in Fisher's paper, as published with the data by UCI and R.
    @Test func tableHasFishersMeans() throws {
        let iris = try bundled()
        let means = [5.843333, 3.057333, 3.758000, 1.199333], deviations = [0.828066, 0.435866, 1.765298, 0.762238]
        for column in 0..<4 {
            let values = iris.features.map { $0[column] }
            let mean: Double = values.reduce(0, +) / 150
            let squares: Double = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
            #expect(abs(mean - means[column]) < 1e-6)
            #expect(abs((squares / 149).squareRoot() - deviations[column]) < 1e-6)
        }
        let species = (0..<150).map { $0 / 50 }
        #expect(iris.labels == species)
    }

    @Test func bothKnownRowsAreAsInThePaper() throws {
        let iris = try bundled()
        #expect(iris.features[34] == [4.9, 3.1, 1.5, 0.2])
        #expect(iris.features[37] == [4.9, 3.6, 1.4, 0.1])
    }

    @Test(
        .enabled(
            if: Published.directory(with: "iris") != nil,
            "UCI's files are not here: set KINDLING_DATA to the folder above iris/"))
    func tableDiffersFromTheBetterKnownFileInTwoRows() throws {
        let folder = try #require(Published.directory(with: "iris")) + "/iris", iris = try bundled()
        let corrected = try read("\(folder)/bezdekIris.data"), published = try read("\(folder)/iris.data")
        #expect(corrected.features == iris.features)
        #expect(corrected.checksum == iris.checksum)
        let differing = iris.features.indices.filter { iris.features[$0] != published.features[$0] }
        #expect(differing == [34, 37])
        #expect(published.labels == iris.labels)
    }

    @Test func splitsKeepSpeciesInProportion() throws {
        let module = IrisDataModule(batchSize: 16, validationFraction: 0.2, testFraction: 0.1, seed: 42)
        let splits = try module.setup()
        #expect(splits.sampleCounts == SampleCounts(training: 105, validation: 30, test: 15, predict: 150))
        #expect(module.info.sampleCounts == splits.sampleCounts)
        var seen: [Int] = []
        for (loader, each) in [(splits.training, 35), (splits.validation, 10), (splits.test, 5)] {
            let samples = try remaining(try #require(loader)).flatMap { $0 }
            #expect((0..<3).map { species in samples.count { $0 / 50 == species } } == [each, each, each])
            seen += samples
        }
        #expect(seen.sorted() == Array(0..<150))
    }

    @Test func trainingSplitIsStandardised() throws {
        let splits = try IrisDataModule(batchSize: 1000).setup()
        var batches = try #require(splits.training).batches(epoch: 0, seed: 1)
        let batch = try #require(try batches.next())
        #expect(batch.inputs.shape == [120, 4])
        #expect(batch.inputs.dtype == .float32)
        let rows = try batch.inputs.array(of: Double.self)
        for column in 0..<4 {
            let values = stride(from: column, to: rows.count, by: 4).map { rows[$0] }
            #expect(abs(values.reduce(0, +) / 120) < 1e-6)
            #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 120 - 1) < 1e-5)
        }
    }

    @Test func fingerprintNamesContentsAndSplit() throws {
        let first = try IrisDataModule().setup().fingerprint
        #expect(try IrisDataModule(batchSize: 3).setup().fingerprint == first)
        #expect(try IrisDataModule(seed: 1).setup().fingerprint != first)
        #expect(try IrisDataModule(validationFraction: 0.1).setup().fingerprint != first)
    }

    @Test func publishedSpellingsAreRead() throws {
        let text = "5.1,3.5,1.4,0.2,Iris-setosa\n6,3,4,1,versicolor\r\n\n\n"
        let iris = try Iris(FileContents(path: "f", bytes: Array(text.utf8)))
        #expect(iris.features == [[5.1, 3.5, 1.4, 0.2], [6, 3, 4, 1]])
        #expect(iris.labels == [0, 1])
        let headed = try Iris(FileContents(path: "f", bytes: Array("\u{FEFF}a,b,c,d,e\n\(text)".utf8)))
        #expect(headed.checksum == iris.checksum)
    }

    @Test(arguments: [
        ("5,3,1,Iris-setosa\n", "f:1: expected 5 columns, found 4"),
        ("5,3,1,2,Iris-setosa\n5,3,1,2,9,Iris-setosa\n", "f:2: expected 5 columns, found 6"),
        ("5,3,1,2,Iris-setosa\n\n5,3,1,2,Iris-setosa\n", "f:2: this line is empty, and rows follow it"),
        ("5,3,x,2,Iris-setosa\n", "f:1:5: expected a number in column 3, found 'x'"),
        ("a,b,c,d,e\n5,,1,2,Iris-setosa\n", "f:2:3: expected a number in column 2, found ''"),
        ("5,3,nan,2,Iris-setosa\n", "f:1:5: expected a number in column 3, found 'nan'"),
        ("5,3,1,2,Iris-rosa\n", "f:1:9: there is no species 'Iris-rosa'; write one of"),
        ("5,3,1,2,\"Iris-setosa\n", "f:1:9: a quoted field does not end on its line"),
        ("a,b,c,d,e\n", "f: there are no flowers in it"),
        ("", "f: there are no flowers in it"),
    ])
    func brokenTablesAreRefused(text: String, message: String) {
        let error = mistake { _ = try Iris(FileContents(path: "f", bytes: Array(text.utf8))) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test func textThatIsNotUTF8IsRefused() {
        let error = mistake {
            _ = try Iris(FileContents(path: "f", bytes: [0x35, 0x2C, 0xFF, 0x2C, 0x35, 0x2C, 0x35, 0x2C, 0x35]))
        }
        #expect(error?.what == "this is not UTF-8 text")
    }

    @Test(arguments: [1.0, 1.5, -0.1, .nan]) func impossibleSharesAreErrors(share: Double) {
        let module = IrisDataModule(validationFraction: share)
        #expect(mistake { _ = try module.setup() }?.code == .invalidValue)
        _ = module.info
    }
}
