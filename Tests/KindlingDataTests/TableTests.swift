// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingData

@Suite struct TableTests {
    private func table(_ text: String, _ change: (inout TableDataModule.Options) -> Void = { _ in }) throws
        -> RegressionTable
    {
        var options = TableDataModule.Options(target: "y")
        change(&options)
        return try RegressionTable(FileContents(path: "f", bytes: Array(text.utf8)), options)
    }

    @Test func columnsAreFoundByName() throws {
        let text = "a,y,b,note\n1,2,3,x\n4,5,6,y\n"
        let read = try table(text) { $0.ignored = ["note"] }
        #expect(read.names == ["a", "b"])
        #expect(read.features == [[1, 3], [4, 6]])
        #expect(read.targets == [2, 5])
        let ordered = try table(text) { $0.features = ["b", "a"] }
        #expect(ordered.features == [[3, 1], [6, 4]])
    }

    @Test func columnsWithoutHeaderAreNumbered() throws {
        let read = try table("1;2\n3;4") {
            $0.header = false
            $0.separator = ";"
            $0.target = "1"
        }
        #expect(read.names == ["2"])
        #expect(read.features == [[2], [4]])
        #expect(read.targets == [1, 3])
    }

    @Test func quotedFieldsAreRead() throws {
        let read = try table("\"a, first\", \"say \"\"b\"\"\" ,y\n 1 ,\"2\", 3\n")
        #expect(read.names == ["a, first", "say \"b\""])
        #expect(read.features == [[1, 2]])
        #expect(read.checksum == (try table("p,q,y\n1,2,3.0\n")).checksum)
    }

    @Test(arguments: [
        ("a,y\n1,2\n3,x\n", "f:3:3: expected a number in 'y', found 'x'; correct it, or name the column under ignored"),
        ("a,y\n1,2\n ,5\n", "f:3:2: expected a number in 'a', found ''; fill the gap or leave the row out"),
        ("a,é,y\né,1,5\n", "f:2:1: expected a number in 'a', found 'é'"),
        ("é,a,y\n1,é,5\n", "f:2:3: expected a number in 'a', found 'é'"),
        ("a,y\n1,inf\n", "f:2:3: expected a number in 'y', found 'inf'"),
        ("a,y\n1,2,3\n", "f:2: expected 2 columns, found 3"),
        ("a,y\n1,2\n\n1,2\n", "f:3: this line is empty, and rows follow it"),
        ("a,a,y\n1,2,3\n", "f:1:3: a second column has the name 'a'"),
        ("1,2\n3,4\n", "f:1: there is no column 'y'; name one of 1, 2"),
        ("y\n1\n", "f: no column is left to tell 'y' from"),
        ("a,y\n", "f: there are no rows in it"),
        ("", "f: there are no rows in it"),
        ("a,y\n\"1,2\n", "f:2:1: a quoted field does not end on its line"),
        ("a,y\n1\"2\",2\n", "f:2:2: a quote within a field that does not begin with one"),
        ("a,y\n\"1\"x,2\n", "f:2:4: text follows a quoted field"),
    ])
    func brokenTablesAreRefusedWithTheirPlace(text: String, message: String) {
        let error = mistake { _ = try table(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test func wrongOptionsAreRefused() {
        let text = "a,y\n1,2\n"
        #expect(mistake { _ = try table(text) { $0.features = ["a", "c"] } }?.what == "there is no column 'c'")
        #expect(mistake { _ = try table(text) { $0.features = ["y"] } }?.code == .invalidValue)
        #expect(mistake { _ = try table(text) { $0.ignored = ["z"] } }?.code == .invalidValue)
        for separator in ["", ",,", "\"", "\n", "é"] {
            #expect(mistake { _ = try table(text) { $0.separator = separator } }?.code == .invalidValue)
        }
    }

    @Test func featuresAreStandardisedByTheTrainingSplit() throws {
        try withFolder { folder in
            // A small spread around a large mean: single precision alone would lose it.
            let rows = (0..<50).map { "\(1e9 + Double($0)),\(-0.5 * Double($0))" }.joined(separator: "\n")
            try write("a,y\n\(rows)".utf8, to: "\(folder)/t.csv")
            let module = TableDataModule(
                "t.csv", target: "y", batchSize: 100, validationFraction: 0.2, testFraction: 0.1, dataDirectory: folder)
            #expect(module.info.inputShape == [1])
            #expect(module.info.featureNames == ["a"])
            let splits = try module.setup()
            #expect(splits.sampleCounts == SampleCounts(training: 35, validation: 10, test: 5, predict: 50))
            var batches = try #require(splits.training).batches(epoch: 0, seed: 1)
            let batch = try #require(try batches.next())
            #expect(batch.inputs.shape == [35, 1] && batch.targets.shape == [35, 1])
            #expect(batch.inputs.dtype == .float32 && batch.targets.dtype == .float32)
            let (inputs, targets) = (try batch.inputs.array(of: Double.self), try batch.targets.array(of: Double.self))
            #expect(abs(inputs.reduce(0, +) / 35) < 1e-6)
            #expect(abs(inputs.reduce(0) { $0 + $1 * $1 } / 35 - 1) < 1e-5)
            let deviation = try #require(splits.normalization?.standardDeviation.first)
            for (place, index) in batch.indices.enumerated() {
                #expect(targets[place] == -0.5 * Double(index))
                #expect(abs(inputs[place] - inputs[0] - Double(index - batch.indices[0]) / deviation) < 1e-5)
            }
            let asTheyAre = TableDataModule("t.csv", target: "a", normalize: false, dataDirectory: folder)
            #expect(try asTheyAre.setup().normalization == nil)
            #expect(try asTheyAre.setup().fingerprint != splits.fingerprint)
            let none = TableDataModule("none.csv", target: "y", dataDirectory: folder)
            #expect(mistake { _ = try none.setup() }?.code == .notFound)
            #expect(none.info.inputShape == [0])
        }
    }

    @Test(arguments: [1.0, -0.1, .nan]) func impossibleSharesAreErrors(share: Double) throws {
        let module = TableDataModule("t.csv", target: "y", validationFraction: share)
        #expect(mistake { _ = try module.splits(table("a,y\n1,2\n3,4\n")) }?.code == .invalidValue)
    }
}
