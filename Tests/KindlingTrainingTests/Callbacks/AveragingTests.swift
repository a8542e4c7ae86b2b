// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct AveragingTests {
    private func numbers(_ module: any Module) throws -> [Double] {
        try module.parameters.flatMap { try $0.value.array(of: Float.self).map(Double.init) }
    }

    private func isClose(_ left: [Double], _ right: [Double], _ tolerance: Double = 1e-6) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
    }

    @Test func averageFollowsTheWeightsAndIsKept() async throws {
        let folder = try Folder()
        var expected: [Double] = []
        var own: [Double] = []
        var seen: [[Double]] = []
        let look = LambdaCallback(
            stepEnded: { _, run in
                own = try numbers(run.module)
                expected = expected.isEmpty ? own : zip(expected, own).map { $0 + 0.25 * ($1 - $0) }
            },
            evaluationBatchEnded: { _, run in seen.append(try numbers(run.module)) },
            epochEnded: { _, run in
                let given = try numbers(run.module)
                #expect(given == own)
                #expect(seen.allSatisfy { isClose($0, expected) })
                seen = []
            })
        let module = PointReader()
        let result = try await Trainer(
            limit: .epochs(3), callbacks: [WeightAveraging(decay: 0.75), ModelCheckpoint(), look],
            options: options(in: folder)
        ).fit(module, data: PointPictures())
        #expect(isClose(try numbers(module), expected))
        let path = "\(try #require(result.directory))/checkpoints"
        let other = PointReader()
        other.initialize(seed: 1)
        try Checkpoint(path: "\(path)/average.h5").loadWeights(into: other)
        #expect(try bits(other) == bits(module))
        // The last checkpoint has the weights themselves, and the averages beside them.
        try Checkpoint(path: "\(path)/last.h5").loadWeights(into: other)
        #expect(try numbers(other) == own)
        let extra = try tensors("\(path)/last.h5").keys.filter { $0.hasPrefix("kindling/callbacks/WeightAveraging/") }
        #expect(extra.count == module.namedParameters.count)
    }

    @Test func failureWhileValidatingGivesTheWeightsBack() async throws {
        let folder = try Folder()
        var own: [String: [UInt32]] = [:]
        let look = LambdaCallback(
            stepEnded: { _, run in own = try bits(run.module) }, evaluationBatchEnded: { _, _ in throw Mishap() })
        let module = PointReader()
        let trainer = Trainer(callbacks: [ModelCheckpoint(), WeightAveraging(), look], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(module, data: PointPictures()) }
        #expect(found == "mishap")
        #expect(try bits(module) == own)
        let run = try #require(try names(in: "\(folder.path)/PointReader").first)
        let other = PointReader()
        other.initialize(seed: 1)
        try Checkpoint(path: "\(folder.path)/PointReader/\(run)/checkpoints/exception.h5").loadWeights(into: other)
        #expect(try bits(other) == own)
    }

    @Test func lateWeightsAreAveragedAlike() async throws {
        let folder = try Folder()
        var ends: [[Double]] = []
        var rates: [Double] = []
        let look = LambdaCallback(
            epochEnded: { epoch, run in
                rates.append(epoch.learningRate)
                if epoch.epoch >= 2 { ends.append(try numbers(run.module)) }
            })
        let module = PointReader()
        let data = Points(training: 20, validation: 0)
        let swa = StochasticWeightAveraging(learningRate: 0.05, start: 0.5, annealingEpochs: 1, anneal: .linear)
        _ = try await Trainer(limit: .epochs(4), callbacks: [swa, look], options: options(in: folder))
            .fit(module, data: data)
        #expect(ends.count == 2)
        #expect(isClose(try numbers(module), zip(ends[0], ends[1]).map { ($0 + $1) / 2 }))
        #expect(rates == [0.01, 0.01, 0.01, 0.05])
        // Batches of one size: the mean of their means is that of all samples.
        let loader = try #require(try data.setup().training)
        let all = try loader.dataset.batch(at: Array(0..<20)).inputs
        let expected = try withTensorErrors { module.features(all).mean(over: 0) }.array(of: Float.self)
        let found = try #require(module.norm.runningMean).value.array(of: Float.self)
        #expect(isClose(found.map(Double.init), expected.map(Double.init), 1e-5))
    }

    @Test func unknownNumberOfEpochsIsSaid() async throws {
        let folder = try Folder()
        let swa = StochasticWeightAveraging(learningRate: 0.1, startEpoch: 0)
        let result = try await Trainer(limit: .steps(3), callbacks: [swa], options: options(in: folder))
            .fit(Classifier(), data: Points())
        #expect(result.steps == 3)
    }

    @Test func statisticsAreEstimatedInThePrecisionOfTheRun() async throws {
        final class Normed: TrainingModule {
            let first = Linear(2, 8)
            let norm = BatchNorm1D(8)
            let last = Linear(8, 3)
            func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
                crossEntropy(last(norm(first(batch.inputs))), batch.targets)
            }
        }
        let module = Normed()
        let folder = try Folder()
        var settings = options(in: folder)
        settings.precision = .bfloat16Mixed
        let estimated = After(step: 2) { run in
            try BatchNormReestimation.run(run)
            let found = try #require(module.norm.runningMean).value.array(of: Double.self)
            func means(_ policy: PrecisionPolicy?) throws -> [Double] {
                var batches = try #require(run.splits.training).batches(epoch: 0, seed: run.progress.seed)
                var sum = Tensor.zeros([8], dtype: .float64)
                while let batch = try batches.next() {
                    let hidden = withPrecision(policy) { module.first(batch.inputs) }
                    sum = sum + hidden.converted(to: .float64).mean(over: 0).detached()
                }
                return try (sum / 2).array(of: Double.self)
            }
            #expect(isClose(found, try means(PrecisionPolicy(.bfloat16))))
            #expect(!isClose(found, try means(nil), 1e-5))
        }
        _ = try await Trainer(limit: .epochs(1), callbacks: [estimated], options: settings)
            .fit(module, data: Points(training: 8, validation: 0, shuffle: false))
    }
}
