// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Options of the trainer, against the same computed by hand.
@Suite struct TrainerOptionTests {
    /// The weights after a fit without dropout.
    private func weights(
        batchSize: Int = 4, plan: OptimizerPlan = .sgd(learningRate: 0.5), _ change: (inout TrainerOptions) -> Void
    ) async throws -> [Double] {
        let module = SupervisedModule(
            Sequential {
                Linear(2, 8)
                Tanh()
                Linear(8, 3)
            }, loss: CrossEntropy(), optimizer: plan)
        var options = TrainerOptions(precision: .float64, console: .silent)
        change(&options)
        let trainer = Trainer(limit: .epochs(2), options: options)
        let data = Points(training: 22, validation: 0, batchSize: batchSize, shuffle: false)
        _ = try await trainer.fit(module, data: data)
        return try module.parameters.flatMap { try $0.value.array(of: Double.self) }
    }

    private func difference(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test func accumulatedBatchesAreOneLargeBatch() async throws {
        // 22 samples: two steps of 8, and one of the 6 that are left.
        let large = try await weights(batchSize: 8) { _ in }
        let accumulated = try await weights(batchSize: 4) { $0.accumulation = 2 }
        let single = try await weights(batchSize: 4) { _ in }
        #expect(difference(large, accumulated) < 1e-12)
        #expect(difference(large, single) > 1e-3)
    }

    @Test func aLargeNormClipsNothingAndASmallOneBoundsEachStep() async throws {
        let free = try await weights { _ in }
        let loose = try await weights { $0.clipping = .norm(1e6) }
        #expect(free == loose)
        // Six batches, two epochs: twelve steps of at most rate times norm.
        let start = try await weights(plan: .sgd(learningRate: 0)) { _ in }
        let clipped = try await weights { $0.clipping = .norm(0.01) }
        let way = zip(start, clipped).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
        #expect(way > 0)
        #expect(way <= 12 * 0.5 * 0.01 + 1e-9)
    }

    @Test func aSmallValueBoundsEachElement() async throws {
        let start = try await weights(plan: .sgd(learningRate: 0)) { _ in }
        let clipped = try await weights { $0.clipping = .value(0.001) }
        #expect(difference(start, clipped) > 0)
        #expect(difference(start, clipped) <= 12 * 0.5 * 0.001 + 1e-9)
    }

    @Test(arguments: [GradientClipping.norm(0), .norm(-1), .norm(.nan), .value(0), .value(-.infinity)])
    func impossibleClippingIsRefused(clipping: GradientClipping) async throws {
        await #expect(throws: TrainingError.self) { _ = try await weights { $0.clipping = clipping } }
    }

    @Test func aStepThatFailsOnValidationIsFoundBeforeAnythingIsLearned() async throws {
        var steps = 0
        let module = Scripted { net, batch, context in
            if context.stage == .validation { throw Mishap() }
            steps += 1
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        let trainer = Trainer(limit: .epochs(1), options: TrainerOptions(console: .silent))
        await #expect(throws: Mishap.self) { try await trainer.fit(module, data: Points()) }
        #expect(steps == 0)
    }

    @Test func aLookBeforehandChangesNoBit() async throws {
        func weights(sanityBatches: Int) async throws -> [Double] {
            let module = Classifier()
            var options = TrainerOptions(console: .silent)
            options.sanityBatches = sanityBatches
            _ = try await Trainer(limit: .epochs(1), options: options).fit(module, data: Points())
            return try module.parameters.flatMap { try $0.value.array(of: Double.self) }
        }
        #expect(try await weights(sanityBatches: 0) == weights(sanityBatches: 5))
    }

    @Test func impossibleCountsAreRefused() async throws {
        await #expect(throws: TrainingError.self) { _ = try await weights { $0.accumulation = 0 } }
        await #expect(throws: TrainingError.self) { _ = try await weights { $0.loggingInterval = -1 } }
        await #expect(throws: TrainingError.self) { _ = try await weights { $0.sanityBatches = -1 } }
    }
}
