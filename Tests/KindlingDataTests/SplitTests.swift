// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KindlingData

@Suite struct SplitTests {
    @Test func largestRemaindersAddUp() {
        #expect(Split.counts(of: 50, [0.8, 0.2]) == [40, 10])
        #expect(Split.counts(of: 15, [0.8, 0.2]) == [12, 3])
        #expect(Split.counts(of: 4, [0.8, 0.2]) == [3, 1])
        #expect(Split.counts(of: 10, [0.55, 0.25, 0.2]) == [6, 2, 2])
        #expect(Split.counts(of: 1, [0.5, 0.5]) == [1, 0])
        #expect(Split.counts(of: 0, [0.5, 0.5]) == [0, 0])
        for count in 0...300 {
            for share in stride(from: 0.0, through: 1.0, by: 0.07) {
                let counts = Split.counts(of: count, [1 - share, share])
                #expect(counts.reduce(0, +) == count && abs(Double(counts[1]) - share * Double(count)) < 1)
            }
        }
    }

    @Test func stratifiedKeepsClassesInProportion() throws {
        let labels = [Int](repeating: 4, count: 100) + [Int](repeating: 1, count: 30) + [Int](repeating: 2, count: 7)
        let parts = try Split.stratified(labels, into: [0.8, 0.2], seed: 3)
        func counts(_ part: [Int]) -> [Int] { [4, 1, 2].map { label in part.count { labels[$0] == label } } }
        #expect(counts(parts[0]) == [80, 24, 6])
        #expect(counts(parts[1]) == [20, 6, 1])
        #expect((parts[0] + parts[1]).sorted() == Array(0..<137))
        #expect(parts.allSatisfy { $0 == $0.sorted() })
    }

    @Test func splitsFollowFromTheSeed() throws {
        let labels = (0..<90).map { $0 % 3 }
        let first = try Split.stratified(labels, into: [0.5, 0.5], seed: 3)
        #expect(try Split.stratified(labels, into: [0.5, 0.5], seed: 3) == first)
        #expect(try Split.stratified(labels, into: [0.5, 0.5], seed: 4) != first)
        let random = try Split.random(90, into: [0.7, 0.3], seed: 3)
        #expect(random.map(\.count) == [63, 27])
        #expect(random.flatMap { $0 }.sorted() == Array(0..<90))
        #expect(try Split.random(90, into: [0.7, 0.3], seed: 3) == random)
        #expect(random[1] != Array(63..<90))
    }

    @Test(arguments: [[0.5, 0.6], [1.2, -0.2], [.nan, 1], [0.5], [], [.infinity, 0]])
    func fractionsThatAreNoPartsAreRefused(fractions: [Double]) {
        #expect(mistake { _ = try Split.random(10, into: fractions, seed: 1) }?.code == .invalidValue)
        #expect(mistake { _ = try Split.stratified([0, 1], into: fractions, seed: 1) }?.code == .invalidValue)
        #expect(Split.counts(of: 10, fractions) == fractions.map { _ in 0 })
    }
}
