// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingEngine
import KindlingNN
import Testing

@testable import KindlingTraining

@Suite struct PruningTests {
    @Test func smallestGo() {
        let lists: [[Float]] = [[3, -1, 0.5], [-0.25, 2, -4]]
        #expect(PruningMasks.masks(of: lists, amount: 0) == [[1, 1, 1], [1, 1, 1]])
        #expect(PruningMasks.masks(of: lists, amount: 0.5) == [[1, 0, 0], [0, 1, 1]])
        #expect(PruningMasks.masks(of: lists, amount: 1) == [[0, 0, 0], [0, 0, 0]])
        // Equal sizes: the first go first, and no more than were asked for.
        #expect(PruningMasks.masks(of: [[1, 1], [-1, 1]], amount: 0.5) == [[0, 0], [1, 1]])
        #expect(PruningMasks.masks(of: [[.nan, 1]], amount: 0.5) == [[1, 0]])
    }

    @Test(arguments: [PruningScope.global, .layer]) func prunedWeightsStayZero(_ scope: PruningScope) async throws {
        let folder = try Folder()
        let told = Told()
        var zeros: [Int] = []
        let look = LambdaCallback(stepEnded: { _, run in
            zeros.append(
                try run.module.parameters.reduce(0) { try $0 + $1.value.array(of: Float.self).count { $0 == 0 } })
        })
        let module = Classifier()
        let result = try await Trainer(
            limit: .epochs(3), callbacks: [Pruning(amount: 0.5, scope: scope, endEpoch: 1), look, ModelCheckpoint()],
            loggers: [told], options: options(in: folder)
        ).fit(module, data: Points())
        // 16 and 24 weights; at half of the way, 1 − (1 − 1/2)³ of the half.
        #expect(told.epochs.map { $0.metrics["sparsity"] } == [0.45, 0.5, 0.5])
        #expect(zeros[11] == 18)
        #expect(zeros.last == 20)
        let first = try #require(module.net[0] as? Linear).weight.value.array(of: Float.self).count { $0 == 0 }
        if scope == .layer { #expect(first == 8) }
        let masks = try tensors("\(#require(result.directory))/checkpoints/last.h5")
            .filter { $0.key.hasPrefix("kindling/callbacks/Pruning/") }
        #expect(masks.values.map(\.count).sorted() == [16, 24])
        #expect(masks.values.reduce(0) { $0 + $1.count { $0 == 0 } } == 20)
    }
}
