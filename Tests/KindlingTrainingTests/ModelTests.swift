// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingMetrics
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct ModelTests {
    /// 40 points of a line's two sides.
    private static let inputs = Tensor(points.flatMap { [$0.x, $0.y] }, shape: [40, 2])
    private static let targets = Tensor(points.map { $0.x + $0.y > 0 ? 1 : 0 })
    private static let points: [(x: Float, y: Float)] = (0..<40).map { number in
        let (x, y) = (number * 7 % 40, number * 13 % 40)
        return (Float(x) / 20 - 1, Float(y) / 20 - 1)
    }

    private func model() -> Model {
        Model(options: TrainerOptions(console: .silent)) {
            Linear(2, 8)
            Tanh()
            Linear(8, 2)
        }
    }

    @Test func compilesFitsEvaluatesAndPredicts() async throws {
        let model = model()
        model.compile(optimizer: Adam(learningRate: 0.05), loss: CrossEntropy(), metrics: [Accuracy()])
        let history = try await model.fit(
            Self.inputs, Self.targets, batchSize: 8, epochs: 20, validationSplit: 0.25, verbose: false)
        #expect(history.names == ["loss", "accuracy", "val_loss", "val_accuracy"])
        #expect(history["loss"].count == 20)
        #expect(history["nothing"] == [])
        #expect(history.ending == .limit("20 epochs"))
        let figures = try await model.evaluate(Self.inputs, Self.targets)
        #expect(figures.map(\.name) == ["loss", "accuracy"])
        #expect(try #require(figures["accuracy"]) >= 0.9)
        let outputs = try await model.predict(Self.inputs, batchSize: 7)
        #expect(outputs.shape == [40, 2])
        let right = try outputs.argmax(over: -1).array(of: Int.self)
        let wanted = try Self.targets.array(of: Int.self)
        let hits = zip(right, wanted).count { $0 == $1 }
        #expect(figures["accuracy"] == Double(hits) / 40)
    }

    @Test func theLastSamplesAreWatched() throws {
        let splits = try TensorData(Self.inputs, Self.targets, batchSize: 8, validationSplit: 0.2).setup()
        #expect(splits.sampleCounts == SampleCounts(training: 32, validation: 8, test: 40, predict: 40))
        var batches = try #require(splits.validation).batches(epoch: 0, seed: 1)
        let batch = try #require(try batches.next())
        #expect(try batch.targets.array(of: Int.self) == Array(try Self.targets.array(of: Int.self)[32...]))
    }

    @Test func aSecondFitGoesOn() async throws {
        let model = model()
        model.compile(loss: CrossEntropy())
        let first = try await model.fit(Self.inputs, Self.targets, epochs: 5, verbose: false)
        let second = try await model.fit(Self.inputs, Self.targets, epochs: 1, verbose: false)
        #expect(second["loss"][0] < first["loss"][0])
    }

    @Test func fittingBeforeCompilingIsAnError() async throws {
        let model = model()
        let error = await #expect(throws: TrainingError.self) { try await model.fit(Self.inputs, Self.targets) }
        #expect(error?.description.contains("compile it first") == true)
        #expect(try await model.predict(Self.inputs).shape == [40, 2])
    }

    @Test(arguments: [-0.1, 1.0, 1.5, .nan])
    func impossibleSplitsAreRefused(share: Double) async throws {
        let model = model()
        model.compile(loss: CrossEntropy())
        await #expect(throws: DataError.self) {
            try await model.fit(Self.inputs, Self.targets, validationSplit: share, verbose: false)
        }
    }

    @Test func inputsAndTargetsOfDifferentCountsAreRefused() async throws {
        let model = model()
        model.compile(loss: CrossEntropy())
        await #expect(throws: DataError.self) {
            try await model.fit(Self.inputs, .zeros([3], dtype: .int64), verbose: false)
        }
        await #expect(throws: (any Error).self) { try await model.predict(Tensor(1.0)) }
    }
}
