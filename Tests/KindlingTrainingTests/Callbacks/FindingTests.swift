// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct FindingTests {
    /// numpy.gradient(losses[10:-1]).argmin() + 10 is 16.
    @Test func suggestionIsWhereNumPyFindsTheSteepestSlope() {
        var sweep = LearningRateSweep()
        sweep.losses = [
            2.3176, 2.3039, 2.3001, 2.28, 2.295, 2.2927, 2.2931, 2.2837, 2.2831, 2.2682, 2.2429, 2.2377, 2.195, 2.1383,
            2.0269, 1.8925, 1.7282, 1.5345, 1.3761, 1.1924, 1.0618, 0.9767, 0.9286, 0.8735, 0.8337, 0.8198, 0.8227,
            1.8084, 3.7984, 9.8014,
        ]
        sweep.rates = (0..<30).map { Double($0) }
        #expect(sweep.suggestion() == 16)
        #expect(sweep.suggestion(skipFirst: 28) == nil)
        #expect(LearningRateSweep().suggestion() == nil)
    }

    @Test func ratesGoFromLowToHigh() {
        func rates(_ spacing: LearningRateSpacing) -> [Float] {
            (0..<4).map { Float(LearningRateSweep.rate($0, of: 4, from: 1e-4, to: 1, spacing)) }
        }
        #expect(rates(.exponential) == [1e-3, 1e-2, 1e-1, 1])
        #expect(rates(.linear) == [0.250075, 0.50005, 0.750025, 1])
    }

    @Test func lossIsSmoothedWithoutBias() {
        var sweep = LearningRateSweep()
        let ofUse = [(1.0, 2.0), (2, 4), (3, 500)].map { sweep.add(rate: $0.0, loss: $0.1, threshold: 4) }
        #expect(ofUse == [true, true, false])
        #expect(abs(sweep.losses[0] - 2) < 1e-12)
        #expect(abs(sweep.losses[1] - (0.98 * 0.04 + 0.02 * 4) / (1 - 0.98 * 0.98)) < 1e-12)
        #expect(sweep.rates == [1, 2, 3])
        var lost = LearningRateSweep()
        let lostAt = [1, .nan].map { lost.add(rate: 1, loss: $0, threshold: 4) }
        #expect(lostAt == [true, false])
    }

    @Test(arguments: [true, false]) func sweepLeavesTheRunAsItWas(setsRate: Bool) async throws {
        let folder = try Folder()
        let finder = LearningRateFinder(lowest: 1e-5, highest: 10, steps: 40, setsRate: setsRate)
        var rates: [Double] = []
        let look = LambdaCallback(stepEnded: { step, _ in rates.append(step.learningRate) })
        let (with, without) = (PointReader(), PointReader())
        let result = try await Trainer(
            limit: .epochs(2), callbacks: [finder, ModelCheckpoint(), look], options: options(in: folder)
        ).fit(with, data: PointPictures())
        let suggestion = try #require(finder.suggestion)
        #expect(Set(rates.map { Float($0) }) == [Float(setsRate ? suggestion : 0.01)])
        let directory = try #require(result.directory)
        let table = try String(contentsOfFile: "\(directory)/learning_rate.csv", encoding: .utf8)
        #expect(table.split(separator: "\n").count == finder.sweep.rates.count + 1)
        let drawing = try String(contentsOfFile: "\(directory)/learning_rate.svg", encoding: .utf8)
        #expect(drawing.hasPrefix("<svg "))
        #expect(drawing.contains("<circle "))
        guard !setsRate else { return }
        let plain = try await Trainer(limit: .epochs(2), callbacks: [ModelCheckpoint()], options: options(in: folder))
            .fit(without, data: PointPictures())
        #expect(try bits(with) == bits(without))
        let other = try #require(plain.directory)
        #expect(
            try tensors("\(directory)/checkpoints/last.h5") == tensors("\(other)/checkpoints/last.h5"))
    }

    @Test func impossibleSweepsAreRefused() async throws {
        let folder = try Folder()
        let trainer = Trainer(callbacks: [LearningRateFinder(lowest: 1, highest: 0.1)], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(
            found
                == "a sweep of 100 steps from 1.0 to 0.1 cannot be; let lowest be above 0, highest above it, and take "
                + "at least one step")
    }

    @Test(arguments: [1, 2, 3, 7, 8, 100, 1000]) func searchesEndAtTheLargestThatFits(_ capacity: Int) {
        func search(_ mode: BatchSizeSearchMode, first: Int = 2, largest: Int = 500) -> (found: Int?, trials: Int) {
            var search = BatchSizeSearch(mode, first: first, largest: largest)
            while let size = search.next(limit: 40) { search.note(fits: size <= capacity) }
            return (search.fitting, search.trials)
        }
        #expect(search(.binary).found == min(500, capacity))
        let doubled = search(.doubling).found ?? 0
        #expect(doubled <= capacity)
        #expect(doubled * 2 > min(500, capacity) || doubled == 500)
        #expect(search(.binary).trials < 20)
        #expect(search(.binary, first: 400).found == min(500, capacity))
    }

    @Test func nothingFitsIsSaid() async throws {
        let folder = try Folder()
        let trainer = Trainer(callbacks: [BatchSizeFinder(memoryShare: 0)], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(found == "no batch size fits, not even 2; allow more memory or time, or take a smaller model")
    }

    @Test func largestSizeIsTakenAndTheRunIsAsItWouldBeWithIt() async throws {
        let folder = try Folder()
        let finder = BatchSizeFinder(mode: .binary, largest: 7)
        let (with, without) = (Classifier(), Classifier())
        _ = try await Trainer(limit: .epochs(2), callbacks: [finder], options: options(in: folder))
            .fit(with, data: Points())
        #expect(finder.size == 7)
        _ = try await Trainer(limit: .epochs(2), options: options(in: folder)).fit(without, data: Points(batchSize: 7))
        #expect(try bits(with) == bits(without))
    }

    @Test func resumedRunKeepsTheSizeThatWasFound() async throws {
        let folder = try Folder()
        func callbacks() -> [any Callback] { [BatchSizeFinder(largest: 8), ModelCheckpoint(everySteps: 2)] }
        let whole = Classifier()
        _ = try await Trainer(limit: .epochs(3), callbacks: callbacks(), options: options(in: folder))
            .fit(whole, data: Points())
        let path = "\(folder.path)/middle.h5"
        _ = try await Trainer(
            limit: .steps(4), callbacks: callbacks() + [After(step: 4) { try await $0.saveCheckpoint(to: path) }],
            options: options(in: folder)
        ).fit(Classifier(), data: Points())
        let resumed = Classifier()
        _ = try await Trainer(limit: .epochs(3), callbacks: callbacks(), options: options(in: folder))
            .fit(resumed, data: Points(), resumingFrom: Checkpoint(path: path))
        #expect(try bits(resumed) == bits(whole))
    }
}
