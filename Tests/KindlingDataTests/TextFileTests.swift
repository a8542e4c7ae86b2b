// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import Testing

@testable import KindlingData

/// Expectations follow from nanoGPT's `prepare.py`: `sorted(set(text))`, the first 90 %, targets one further.
@Suite struct TextFileTests {
    private func text(_ text: String, path: String = "f") throws -> CharacterText {
        try CharacterText([FileContents(path: path, bytes: Array(text.utf8))])
    }

    private func module(block: Int = 3, stride: Int? = nil, validation: Double = 0.2, test: Double = 0)
        -> TextFileDataModule
    {
        TextFileDataModule(
            ["f"], batchSize: 2, blockLength: block, stride: stride, validationFraction: validation,
            testFraction: test)
    }

    /// An epoch's inputs and targets, as rows.
    private func rows(_ loader: DataLoader?, epoch: Int = 0) throws -> [([Int], [Int])] {
        var batches = try #require(loader).batches(epoch: epoch, seed: 7)
        var rows: [([Int], [Int])] = []
        while let batch = try batches.next() {
            #expect(batch.inputs.dtype == .int64 && batch.targets.dtype == .int64)
            let (inputs, targets) = (try batch.inputs.array(of: Int.self), try batch.targets.array(of: Int.self))
            let width = batch.inputs.shape[1]
            for row in 0..<batch.count {
                rows.append(
                    (Array(inputs[row * width..<(row + 1) * width]), Array(targets[row * width..<(row + 1) * width])))
            }
        }
        return rows
    }

    @Test func vocabularyIsTheSortedCharacters() throws {
        let read = try text("to be, or not")
        #expect(read.vocabulary.symbols == [" ", ",", "b", "e", "n", "o", "r", "t"])
        #expect(Array(read.tokens) == [7, 5, 0, 2, 3, 1, 0, 5, 6, 0, 4, 5, 7])
        #expect(try read.vocabulary.decode(read.tokens.map(Int.init)) == "to be, or not")
        #expect(try read.vocabulary.encode("not to be") == [4, 5, 7, 0, 7, 5, 0, 2, 3])
        let wide = try text("é😀a\r\né")
        #expect(wide.vocabulary.symbols == ["\n", "\r", "a", "é", "😀"])
        #expect(Array(wide.tokens) == [3, 4, 2, 1, 0, 3])
    }

    @Test func unknownCharactersAndTokensAreNamed() throws {
        let vocabulary = Vocabulary(charactersOf: "ab\n")
        let error = mistake { _ = try vocabulary.encode("abc") }
        #expect(error?.description == "character 3, 'c', is not one of the 3 known; write with these: '\\n' 'a' 'b'")
        #expect(mistake { _ = try vocabulary.decode([0, 3]) }?.code == .indexOutOfRange)
        #expect(mistake { _ = try vocabulary.decode([-1]) }?.code == .indexOutOfRange)
        #expect(mistake { _ = try Vocabulary(symbols: ["a", "a"]) }?.code == .invalidValue)
        #expect(mistake { _ = try Vocabulary(symbols: ["ab"]) }?.code == .invalidValue)
        #expect(try Vocabulary(symbols: vocabulary.symbols) == vocabulary)
    }

    @Test func targetsAreOneCharacterFurther() throws {
        // Ten characters: eight to learn from, and two parts at the end.
        let splits = try module(block: 3, validation: 0.4).splits(text("abcdefghij"))
        #expect(try rows(splits.validation).map(\.0) == [[6, 7, 8]])
        #expect(try rows(splits.validation).map(\.1) == [[7, 8, 9]])
        for (inputs, targets) in try rows(splits.training) { #expect(inputs.map { $0 + 1 } == targets) }
        #expect(splits.vocabulary?.symbols.joined() == "abcdefghij")
        #expect(splits.test == nil)
        #expect(splits.predict?.sampleCount == 1)
    }

    @Test func epochsCoverTheTextOnceFromAnotherPlaceEach() throws {
        let letters = (0..<103).map { String(Unicode.Scalar(UInt8($0 + 20))) }.joined()
        let splits = try module(block: 5, validation: 0).splits(text(letters))
        // 98 windows of 5 with one behind: 19 that stand side by side.
        #expect(splits.training?.sampleCount == 19)
        #expect(splits.validation == nil)
        var firsts: Set<Int> = []
        for epoch in 0..<6 {
            let starts = try rows(splits.training, epoch: epoch).map { $0.0[0] }
            #expect(starts.count == 19)
            let sorted = starts.sorted()
            #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 == 5 })
            #expect(starts != sorted)
            firsts.insert(sorted[0])
        }
        #expect(firsts.count > 1 && firsts.allSatisfy((0..<5).contains))
        #expect(try rows(splits.training, epoch: 3).map(\.0) == rows(splits.training, epoch: 3).map(\.0))
        let every = try module(block: 5, stride: 1, validation: 0).splits(text(letters))
        #expect(try rows(every.training).map { $0.0[0] }.sorted() == Array(0..<98))
    }

    @Test(arguments: [(0, 3, 0), (1, 3, 1), (2, 3, 1), (3, 3, 1), (5, 3, 1), (6, 3, 2), (7, 1, 7), (7, 100, 1)])
    func windowsNeverReachBeyondTheEnd(count: Int, stride: Int, windows: Int) {
        let sampler = WindowSampler(stride: stride, shuffle: true)
        #expect(sampler.sampleCount(of: count) == windows)
        for epoch in 0..<20 {
            let order = sampler.order(of: count, epoch: epoch, seed: 1)
            #expect(order.count == windows && order.allSatisfy((0..<max(1, count)).contains))
        }
        #expect(WindowSampler(stride: stride, shuffle: false).order(of: count, epoch: 0, seed: 1).first ?? 0 == 0)
    }

    @Test func bordersAreNanoGPTs() throws {
        let splits = try module(block: 1, stride: 1, validation: 0.1, test: 0.2).splits(
            text(String(repeating: "ab", count: 50)))
        #expect(splits.sampleCounts == SampleCounts(training: 69, validation: 9, test: 19, predict: 9))
    }

    @Test func fingerprintNamesContentsAndCut() throws {
        let first = try module().splits(text("abcdefghijklmnopqrst")).fingerprint
        #expect(try module().splits(text("abcdefghijklmnopqrst")).fingerprint == first)
        #expect(try module().splits(text("abcdefghijklmnopqrsu")).fingerprint != first)
        #expect(try module(block: 2).splits(text("abcdefghijklmnopqrst")).fingerprint != first)
        #expect(try module(stride: 1).splits(text("abcdefghijklmnopqrst")).fingerprint != first)
    }

    @Test func shortTextsAndImpossibleSharesAreErrors() throws {
        let short = mistake { _ = try module(block: 8).splits(text("abcdefghij")) }
        #expect(
            short?.description.hasPrefix("f: the validation split has 2 of 10 characters, too few for a block of 8")
                == true)
        #expect(mistake { _ = try module(block: 0).splits(text("abcdefghij")) }?.code == .invalidValue)
        for share in [1.0, -0.1, .nan] {
            #expect(mistake { _ = try module(validation: share).splits(text("abcdefghij")) }?.code == .invalidValue)
        }
        #expect(mistake { _ = try text("") }?.what == "there is no text in it")
        let bad = mistake { _ = try CharacterText([FileContents(path: "f", bytes: [97, 10, 98, 0xFF])]) }
        #expect(bad?.description.hasPrefix("f:2: this is not UTF-8 text") == true)
        #expect(mistake { _ = try TokenDataset([0, -1, 2], blockLength: 1) }?.code == .invalidValue)
        #expect(mistake { _ = try TokenDataset([0, 1], blockLength: .max) }?.code == .invalidValue)
        #expect(mistake { _ = try TokenDataset([0, 1], blockLength: 1).batch(at: [1]) }?.code == .indexOutOfRange)
    }

    @Test func filesAreReadOneAfterTheOtherAndMissingOnesAreSaid() throws {
        try withFolder { folder in
            try write("abcabcabcabc".utf8, to: "\(folder)/books/one.txt")
            try write("xyzxyzxyz".utf8, to: "\(folder)/two.txt")
            let splits = try TextFileDataModule(
                ["books/one.txt", "\(folder)/two.txt"], blockLength: 2, dataDirectory: folder
            ).setup()
            #expect(splits.vocabulary?.symbols.joined() == "abcxyz")
            let missing = mistake {
                _ = try TextFileDataModule(["books/none.txt"], dataDirectory: folder).setup()
            }
            #expect(missing?.code == .notFound)
            #expect(missing?.description.contains("\(folder)/books/none.txt") == true)
            #expect(mistake { _ = try TextFileDataModule([]).setup() }?.code == .invalidValue)
            #expect(mistake { _ = try TextFileDataModule([""]).setup() }?.code == .invalidValue)
            #expect(mistake { _ = try TextFileDataModule([folder]).setup() }?.code == .notFound)
        }
    }

    @Test(
        .enabled(
            if: Published.directory(with: "tinyshakespeare") != nil,
            "Tiny Shakespeare is not here: set KINDLING_DATA to the folder above tinyshakespeare/"))
    func tinyShakespeareHasItsPublishedSizes() throws {
        let folder = try #require(Published.directory(with: "tinyshakespeare"))
        let splits = try TinyShakespeare.dataModule(batchSize: 12, dataDirectory: folder).setup()
        // nanoGPT's prepare.py prints: 65 characters, 1,003,854 tokens to learn from, 111,540 to watch.
        #expect(splits.vocabulary?.count == 65)
        #expect(splits.training?.dataset.count == 1_003_854 - 64)
        #expect(splits.validation?.dataset.count == 111_540 - 64)
        #expect(splits.training?.sampleCount == (1_003_854 - 64) / 64)
        var batches = try #require(splits.validation).batches(epoch: 0, seed: 0)
        let batch = try #require(try batches.next())
        let begin = try batch.inputs.array(of: Int.self).prefix(12)
        #expect(try splits.vocabulary?.decode(Array(begin)) == "?\n\nGREMIO:\nG")
    }
}
