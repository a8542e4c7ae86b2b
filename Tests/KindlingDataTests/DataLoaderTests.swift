// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingData

@Suite struct DataLoaderTests {
    @Test func sequentialBatchesKeepTheOrder() throws {
        let loader = DataLoader(try numbers(), batchSize: 4, shuffle: false)
        #expect(try remaining(loader) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
        #expect(loader.batchCount == 3)
        #expect(loader.sampleCount == 10)
    }

    @Test func dropLastLeavesOutWhatIsNotFull() throws {
        let loader = DataLoader(try numbers(), batchSize: 4, shuffle: false, dropLast: true)
        #expect(try remaining(loader) == [[0, 1, 2, 3], [4, 5, 6, 7]])
        #expect(loader.batchCount == 2)
        #expect(loader.sampleCount == 8)
    }

    @Test func shuffledEpochsVisitEachSampleOnce() throws {
        let loader = DataLoader(try numbers(100), batchSize: 7, shuffle: true)
        let first = try remaining(loader, epoch: 0).flatMap { $0 },
            second = try remaining(loader, epoch: 1).flatMap { $0 }
        #expect(first.sorted() == Array(0..<100))
        #expect(second.sorted() == Array(0..<100))
        #expect(first != second)
        #expect(first != Array(0..<100))
        #expect(try remaining(loader, epoch: 0, seed: 8).flatMap { $0 } != first)
    }

    @Test func shuffleFollowsFromSeedAndEpochAlone() throws {
        var stream = RandomStream(seed: 7)["shuffle"][3]
        let loader = DataLoader(try numbers(50), batchSize: 8, shuffle: true)
        #expect(try remaining(loader, epoch: 3).flatMap { $0 } == stream.permutation(50))
    }

    @Test(arguments: 0...15) func resumedEpochGivesTheBatchesThatWereLeft(firstBatch: Int) throws {
        let loader = DataLoader(try numbers(100), batchSize: 7, shuffle: true)
        let whole = try remaining(loader, epoch: 5)
        #expect(try remaining(loader, epoch: 5, from: firstBatch) == Array(whole.dropFirst(firstBatch)))
    }

    @Test func shuffleIsTheSameOnEveryThread() async throws {
        let loader = DataLoader(try numbers(200), batchSize: 16, shuffle: true)
        let here = try remaining(loader, epoch: 2)
        try await withThrowingTaskGroup(of: [[Int]].self) { group in
            for _ in 0..<8 { group.addTask { try remaining(loader, epoch: 2) } }
            for try await there in group { #expect(there == here) }
        }
    }

    @Test func batchesCarryTheirSamples() throws {
        var batches = DataLoader(try numbers(), batchSize: 4, shuffle: true).batches(epoch: 0, seed: 1)
        while let batch = try batches.next() {
            #expect(try batch.inputs.array(of: Float.self) == batch.indices.map(Float.init))
            #expect(try batch.targets.array(of: Int64.self) == batch.indices.map(Int64.init))
            #expect(batch.inputs.shape == [batch.count, 1])
            #expect(batch.targets.dtype == .int64)
        }
    }

    @Test(arguments: [0, -3]) func impossibleBatchSizeIsAnError(size: Int) throws {
        let loader = DataLoader(try numbers(), batchSize: size, shuffle: true, dropLast: true)
        #expect(loader.batchCount == 0)
        #expect(loader.sampleCount == 0)
        #expect(mistake { _ = try remaining(loader) }?.code == .invalidValue)
    }

    @Test func negativeFirstBatchIsAnError() throws {
        let loader = DataLoader(try numbers(), batchSize: 4, shuffle: true)
        #expect(mistake { _ = try remaining(loader, from: -1) }?.code == .invalidValue)
        #expect(try remaining(loader, from: 99) == [])
    }

    @Test func emptyDataSetHasNoBatches() throws {
        let loader = DataLoader(try Subset(try numbers(), indices: []), batchSize: 4, shuffle: true)
        #expect(loader.batchCount == 0)
        #expect(try remaining(loader) == [])
    }
}
