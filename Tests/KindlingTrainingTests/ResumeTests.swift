// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingIO
import KindlingOptim
import Testing

@testable import KindlingTraining

struct Recipe: Sendable, CustomStringConvertible {
    let description: String
    let plan: OptimizerPlan
}

/// Six batches an epoch, the last one smaller; dropout and shuffling on.
@Suite struct ResumeTests {
    static let plans = [
        Recipe(
            description: "SGD with momentum",
            plan: .sgd(learningRate: 0.1, momentum: 0.9).scheduled(CosineSchedule(warmupSteps: 4))),
        Recipe(description: "Adam", plan: .adam(learningRate: 0.02)),
        Recipe(
            description: "Lion that waits for its loss",
            plan: OptimizerPlan(Lion(learningRate: 0.01), groups: [.decayOnlyMatrices])
                .scheduled(ReduceOnPlateauSchedule(factor: 0.5, patience: 0, threshold: 0.5))),
    ]

    private func callbacks() -> [any Callback] {
        [EarlyStopping(monitor: "loss", patience: 100, minimumChange: 0.5), ModelCheckpoint(monitor: "val_loss")]
    }

    /// After the first batch, in the middle, at the ends of epochs, after an epoch's first batch, after the very last.
    @Test(arguments: plans, [1, 3, 6, 7, 10, 12, 18])
    func interruptedAnywhereGivesTheSameBits(_ recipe: Recipe, step: Int) async throws {
        let folder = try Folder()
        let whole = Classifier(recipe.plan)
        let expected = try await Trainer(limit: .epochs(3), callbacks: callbacks(), options: options(in: folder))
            .fit(whole, data: Points())

        let interruption = Interruption()
        let interrupted = try await Trainer(
            limit: .epochs(3), callbacks: callbacks() + [After(step: step) { _ in interruption.request() }],
            options: options(in: folder), interruption: interruption
        ).fit(Classifier(recipe.plan), data: Points())
        #expect(interrupted.ending == .interrupted(signal: 2))
        #expect(interrupted.steps == step)

        let directory = try #require(interrupted.directory)
        let resumed = Classifier(recipe.plan)
        var sameFolder = options(in: folder)
        sameFolder.runDirectory = .existing(directory)
        let result = try await Trainer(limit: .epochs(3), callbacks: callbacks(), options: sameFolder)
            .fit(resumed, data: Points(), resumingFrom: Checkpoint(path: "\(directory)/checkpoints/last.h5"))

        #expect(try bits(resumed) == bits(whole))
        #expect(result.metrics == expected.metrics)
        #expect([result.epochs, result.steps] == [3, 18])
        let last = "checkpoints/last.h5"
        let wholeDirectory = try #require(expected.directory)
        #expect(try tensors("\(directory)/\(last)") == tensors("\(wholeDirectory)/\(last)"))
        #expect(
            try HDF5Reader(path: "\(directory)/\(last)").text("kindling/state")
                == HDF5Reader(path: "\(wholeDirectory)/\(last)").text("kindling/state"))
    }

    @Test func earlyStoppingGoesOnCounting() async throws {
        let folder = try Folder()
        func watch() -> [any Callback] {
            [EarlyStopping(monitor: "loss", patience: 4, minimumChange: 100), ModelCheckpoint(monitor: "loss")]
        }
        let begun = try await Trainer(limit: .epochs(3), callbacks: watch(), options: options(in: folder))
            .fit(Classifier(), data: Points())
        let last = try Checkpoint(path: "\(#require(begun.directory))/checkpoints/last.h5")
        let result = try await Trainer(limit: .epochs(50), callbacks: watch(), options: options(in: folder))
            .fit(Classifier(), data: Points(), resumingFrom: last)
        #expect(result.epochs == 5)
        guard case .stopped(let reason) = result.ending else {
            Issue.record("it ended by \(result.ending)")
            return
        }
        #expect(reason.hasPrefix("loss has not got better for 4 epochs (best "))
    }

    @Test func bestFigureSurvives() async throws {
        let folder = try Folder()
        let path = "\(folder.path)/state.h5"
        let watch = ModelCheckpoint(monitor: "loss")
        let begun = try await Trainer(
            limit: .epochs(2), callbacks: [watch, After(step: 12) { try await $0.saveCheckpoint(to: path) }],
            options: options(in: folder)
        ).fit(Classifier(), data: Points())
        let best = try #require(begun.history.compactMap { $0.metrics["loss"] }.min())
        let other = ModelCheckpoint(monitor: "loss")
        try other.restoreState(try #require(try watch.saveState()))
        #expect(try other.saveState() == #"{"best":[{"file":"best.h5","value":\#(best)}],"newest":[]}"#)
    }
}
