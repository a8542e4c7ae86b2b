// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct FinetuningTests {
    @Test func backboneStaysUntilItsEpochAndThenLearnsMoreSlowly() async throws {
        let folder = try Folder()
        var rates: [[Float]] = []
        var ends: [[String: [UInt32]]] = []
        let look = LambdaCallback(
            epochStarted: { run in
                if ends.isEmpty, let module = run.module as? PointReader { ends.append(try bits(module.features)) }
            },
            stepEnded: { step, _ in rates.append(step.optimizer.groups.map { Float($0.learningRate) }) },
            epochEnded: { _, run in
                if let module = run.module as? PointReader { ends.append(try bits(module.features)) }
            })
        let module = PointReader()
        _ = try await Trainer(
            limit: .epochs(4),
            callbacks: [BackboneFinetuning("features", unfreezeEpoch: 2, firstFactor: 0.25, growth: 8), look],
            options: options(in: folder)
        ).fit(module, data: PointPictures())
        #expect(ends[0] == ends[1])
        #expect(ends[1] == ends[2])
        #expect(ends[2] != ends[3])
        let perEpoch = rates.count / 4
        #expect(Set(rates[0]) == [0.01])
        #expect(Set(rates[2 * perEpoch]) == [0.0025, 0.01])
        #expect(Set(rates[3 * perEpoch]) == [0.01])
    }

    @Test func unknownBackboneNamesWhatThereIs() async throws {
        let folder = try Folder()
        let trainer = Trainer(callbacks: [BackboneFinetuning("backbone")], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(PointReader(), data: PointPictures()) }
        #expect(found?.contains("no parameter is called 'backbone'") == true)
    }

    /// SGD without momentum: a factor on the rate is a factor on the gradient.
    @Test func factorOfARateIsAFactorOfTheStep() throws {
        func stepped(_ factor: Double) throws -> [Float] {
            let parameters = [("a.w", Parameter(Tensor([1.0, 2.0]))), ("b.w", Parameter(Tensor([1.0, 2.0])))]
            let named = parameters.map { (name: $0.0, parameter: $0.1) }
            let optimizer = try Optimizer(SGD(learningRate: 0.5), parameters: named)
            optimizer.setLearningRateFactor(factor) { $0.hasPrefix("a.") }
            for (_, parameter) in named { parameter.gradient = Tensor([1.0, 1.0]) }
            try optimizer.step()
            return try named.flatMap { try $0.parameter.value.array(of: Float.self) }
        }
        #expect(try stepped(1) == [0.5, 1.5, 0.5, 1.5])
        #expect(try stepped(0.5) == [0.75, 1.75, 0.5, 1.5])
        #expect(try stepped(0) == [1, 2, 0.5, 1.5])
    }

    @Test func ratesRiseFromTheFirstPartToTheLast() throws {
        let factors = DiscriminativeRates.factors(of: PointReader(), lowest: 0.01)
        #expect(factors.map(\.name) == ["features", "norm", "head"])
        #expect(factors.map { Float($0.factor) } == [0.01, 0.1, 1])
        let module = PointReader()
        module.initialize(seed: 1)
        let plan = OptimizerPlan.sgd(learningRate: 2).discriminative(over: module, lowest: 0.01)
        let optimizer = try Optimizer(plan, parameters: module.namedParameters)
        #expect(optimizer.groups.map { Float($0.learningRate) } == [0.02, 0.2, 2])
        #expect(optimizer.groups.map(\.parameters.first) == ["features.weight", "norm.weight", "head.weight"])
    }

    @Test func batchesOfAStepFollowThePlan() async throws {
        let folder = try Folder()
        var batches: [[Int]] = []
        let look = LambdaCallback(
            epochStarted: { _ in batches.append([]) },
            stepEnded: { step, _ in batches[batches.count - 1].append(step.batchCount) })
        _ = try await Trainer(
            limit: .epochs(3), callbacks: [GradientAccumulationScheduler([1: 4, 2: 2]), look],
            options: options(in: folder)
        ).fit(Classifier(), data: Points())
        #expect(batches == [[1, 1, 1, 1, 1, 1], [4, 2], [2, 2, 2]])
    }

    @Test func fineTuningGoesThroughTwoCycles() async throws {
        let folder = try Folder()
        var rates: [Double] = []
        var groups: [[Float]] = []
        let look = LambdaCallback(
            stepEnded: { step, _ in
                rates.append(step.learningRate)
                groups.append(step.optimizer.groups.map { Float($0.learningRate / step.learningRate) })
            })
        _ = try await Trainer(
            limit: .epochs(3), callbacks: [FineTuning(backbone: "features", spread: 100), look],
            options: options(in: folder)
        ).fit(PointReader(), data: PointPictures())
        let first = OneCycleSchedule(warmupShare: 0.99, startDivisor: 25, endDivisor: 4000)
        let second = OneCycleSchedule(warmupShare: 0.3, startDivisor: 5, endDivisor: 20000)
        let expected =
            (0..<6).map { 0.01 * first.factor(step: $0, epoch: 0, totalSteps: 6) }
            + (0..<12).map { 0.005 * second.factor(step: $0, epoch: 0, totalSteps: 12) }
        #expect(rates == expected)
        #expect(groups[0] == [1])
        #expect(Set(groups[17]) == [0.01, 0.1, 1])
    }
}
