// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import KindlingBackend
import KindlingMetrics
import Testing

@Suite struct TextMetricTests {
    private let corpus: [(String, [String])] = [
        ("the cat is on the mat", ["the cat sat on the mat", "there is a cat on the mat"]),
        ("the the the the the the the", ["the cat is on the mat", "a cat is there"]),
        (
            "it is a guide to action which ensures that the military always obeys the commands of the party",
            [
                "it is a guide to action that ensures that the military will forever heed party commands",
                "it is the guiding principle which guarantees the military forces always being under the command of the party",
            ]
        ),
        ("he read", ["he was reading the book then"]),
    ]

    private func expect(_ name: String, _ bleu: BLEU, _ range: Range<Int>) throws {
        var bleu = bleu
        for (hypothesis, references) in corpus[range] { bleu.update(hypothesis, references: references) }
        let expected = try #require(fixtures[name])[0]
        #expect(try abs(bleu.value() - expected) < 1e-12, "\(name)")
    }

    @Test func bleuIsThePapers() throws {
        try expect("bleu", BLEU(), 0..<4)
        try expect("bleu 2", BLEU(order: 2), 0..<4)
        try expect("bleu short", BLEU(smoothing: .exponential), 3..<4)
        try expect("bleu add one", BLEU(smoothing: .addOne), 0..<2)
        try expect("bleu exponential", BLEU(smoothing: .exponential), 1..<2)
    }

    @Test func bleuMergesResetsAndIsStored() throws {
        var (whole, first, second) = (BLEU(), BLEU(), BLEU())
        for (place, pair) in corpus.enumerated() {
            whole.update(pair.0, references: pair.1)
            if place < 1 { first.update(pair.0, references: pair.1) } else { second.update(pair.0, references: pair.1) }
        }
        let stored = try JSONDecoder().decode(BLEU.self, from: JSONEncoder().encode(first))
        second = try merged(second, stored)
        #expect(try second.value() == whole.value())
        second.reset()
        #expect(code { _ = try second.value() } == .invalidValue)
        #expect(code { _ = try merged(BLEU(order: 2), BLEU()) } == .invalidValue)
        let broken = Data(
            #"{"order":4,"smoothing":"none","matches":[1],"totals":[1],"length":1,"referenceLength":1,"sentences":1}"#
                .utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(BLEU.self, from: broken) }
    }

    private func merged(_ first: BLEU, _ second: BLEU) throws -> BLEU {
        var result = first
        try result.merge(second)
        return result
    }

    @Test func bleuOfTheSameIsOneAndOfNothingZero() throws {
        var same = BLEU()
        same.update([1, 2, 3, 4, 5], references: [[1, 2, 3, 4, 5]])
        #expect(try same.value() == 1)
        var empty = BLEU(order: 0)
        empty.update([] as [Int], references: [[1]])
        #expect(try empty.value() == 0)
    }

    @Test func errorRatesAreEditsForEachSymbol() throws {
        for (unit, name) in [(ErrorRate.Unit.words, "wer"), (.characters, "cer")] {
            var (rate, other) = (ErrorRate(of: unit), ErrorRate(of: unit))
            for (place, pair) in corpus.enumerated() {
                if place < 2 {
                    rate.update(pair.0, reference: pair.1[0])
                } else {
                    other.update(pair.0, reference: pair.1[0])
                }
            }
            try rate.merge(other)
            #expect(try abs(rate.value() - (try #require(fixtures[name])[0])) < 1e-12)
            rate.reset()
            #expect(code { _ = try rate.value() } == .invalidValue)
        }
        var rate = ErrorRate(of: .words)
        #expect(code { try rate.merge(ErrorRate(of: .characters)) } == .invalidValue)
    }

    @Test func editDistanceCountsEdits() {
        #expect(editDistance("kitten", "sitting") == 3)
        #expect(editDistance("", "abc") == 3)
        #expect(editDistance([1, 2, 3], []) == 3)
        #expect(editDistance("same", "same") == 0)
    }
}
