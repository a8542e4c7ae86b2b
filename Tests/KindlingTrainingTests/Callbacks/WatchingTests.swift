// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Keeps what loggers are told.
final class Told: Logger {
    private(set) var steps: [StepFigures] = []
    private(set) var epochs: [EpochResult] = []
    private(set) var attachments: [KindlingTraining.Attachment] = []
    func log(_ step: StepFigures, _ run: any RunControl) throws { steps.append(step) }
    func log(_ epoch: EpochResult, _ run: any RunControl) throws { epochs.append(epoch) }
    func log(_ attachment: KindlingTraining.Attachment, _ run: any RunControl) throws { attachments.append(attachment) }
}

struct StoppingCase: Sendable, CustomStringConvertible {
    let description: String
    let scores: [Double]
    let epochs: Int
    let reason: String
    let make: @Sendable () -> EarlyStopping
}

@Suite struct WatchingTests {
    static let stopping = [
        StoppingCase(
            description: "patience", scores: [5, 4, 4, 4.5, 3], epochs: 4,
            reason: "val_score has not got better for 2 epochs (best 4.0000)"
        ) { EarlyStopping(monitor: "val_score", patience: 2) },
        StoppingCase(
            description: "a change too small", scores: [5, 4.9, 4.8, 4.7], epochs: 3,
            reason: "score has not got better for 2 epochs (best 5.0000)"
        ) { EarlyStopping(monitor: "score", patience: 2, minimumChange: 0.5) },
        StoppingCase(
            description: "good enough", scores: [0.5, 0.9, 0.99], epochs: 2,
            reason: "score is 0.9000, better than the threshold 0.8000"
        ) { EarlyStopping(monitor: "score", mode: .max, stoppingThreshold: 0.8) },
        StoppingCase(
            description: "beyond hope", scores: [1, 20, 1], epochs: 2,
            reason: "score is 20.000, worse than the threshold 10.000"
        ) { EarlyStopping(monitor: "score", divergenceThreshold: 10) },
        StoppingCase(
            description: "not finite", scores: [1, .infinity], epochs: 2,
            reason: "score is inf, not a finite number"
        ) { EarlyStopping(monitor: "score") },
        StoppingCase(
            description: "every validation", scores: [1, 2, 3], epochs: 3,
            reason: "val_score has not got better for 2 validations (best 1.0000)"
        ) { EarlyStopping(monitor: "val_score", patience: 2, moment: .validation) },
        StoppingCase(
            description: "after a start", scores: [1, 2, 3, 4, 5], epochs: 4,
            reason: "score has not got better for 1 epochs (best 3.0000)"
        ) { EarlyStopping(monitor: "score", patience: 1, startEpoch: 2) },
    ]

    @Test(arguments: stopping) func figuresEndTheRun(_ stoppingCase: StoppingCase) async throws {
        let folder = try Folder()
        let result = try await Trainer(
            limit: .epochs(9), callbacks: [stoppingCase.make()], options: options(in: folder)
        ).fit(scored(stoppingCase.scores), data: Points(training: 8, validation: 4))
        #expect(result.epochs == stoppingCase.epochs)
        #expect(result.ending == .stopped(stoppingCase.reason))
    }

    @Test func infinityIsBorneWhenAsked() async throws {
        let folder = try Folder()
        let result = try await Trainer(
            limit: .epochs(3), callbacks: [EarlyStopping(monitor: "score", checkFinite: false)],
            options: options(in: folder)
        ).fit(scored([.infinity, 2, 1]), data: Points(training: 8, validation: 4))
        #expect(result.epochs == 3)
    }

    private func lost(at step: Int) -> Scripted {
        Scripted { net, batch, context in
            let loss = crossEntropy(net(batch.inputs), batch.targets)
            return context.stage == .training && context.step == step ? loss * Double.nan : loss
        }
    }

    @Test func lossOfNaNHarmsNoWeight() async throws {
        let folder = try Folder()
        var last: [String: [UInt32]] = [:]
        let look = LambdaCallback(batchEnded: { _, run in if run.progress.step == 3 { last = try bits(run.module) } })
        let module = lost(at: 3)
        let result = try await Trainer(
            limit: .epochs(3), callbacks: [TerminateOnNaN(), look], options: options(in: folder)
        ).fit(module, data: Points())
        #expect(result.ending == .stopped("the loss is nan in epoch 1, batch 4"))
        #expect(try bits(module) == last)
    }

    @Test func lossOfNaNFailsWhenAsked() async throws {
        let folder = try Folder()
        let trainer = Trainer(
            callbacks: [TerminateOnNaN(raisesError: true), ModelCheckpoint()], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(lost(at: 2), data: Points()) }
        #expect(
            found == "the loss is nan in epoch 1, batch 3; lower the learning rate, clip gradients, or look at the "
                + "batch's samples")
    }

    @Test func ratesOfGroupsAreLogged() async throws {
        let folder = try Folder()
        let told = Told()
        let plan = OptimizerPlan.sgd(learningRate: 0.5, weightDecay: 0.25).grouped(
            ParameterGroup("net.0", learningRateFactor: 0.5, weightDecay: 0))
        _ = try await Trainer(
            limit: .epochs(1), callbacks: [LearningRateMonitor(weightDecay: true, prefix: "x/")], loggers: [told],
            options: options(in: folder)
        ).fit(Classifier(plan), data: Points())
        let last = try #require(told.epochs.last).metrics
        #expect(last["x/learning_rate/group_0"] == 0.25)
        #expect(last["x/learning_rate/group_1"] == 0.5)
        #expect(last["x/weight_decay/group_0"] == 0)
        #expect(last["x/weight_decay/group_1"] == 0.25)
    }

    @Test func oneRateHasItsPlainName() async throws {
        let folder = try Folder()
        let told = Told()
        _ = try await Trainer(
            limit: .epochs(1), callbacks: [LearningRateMonitor(moment: .epoch)], loggers: [told],
            options: options(in: folder)
        ).fit(Classifier(), data: Points())
        #expect(told.epochs.last?.metrics["learning_rate"] == 0.1)
    }

    @Test func gradientNormIsThatOfAllGradients() async throws {
        let folder = try Folder()
        let told = Told()
        var squares: [Double] = []
        let look = LambdaCallback(gradientsReady: { step, _ in
            squares.append(
                try step.parameters.reduce(0) { sum, entry in
                    let values = try entry.parameter.gradient?.array(of: Float.self) ?? []
                    return sum + values.reduce(0) { $0 + Double($1) * Double($1) }
                })
        })
        var every = options(in: folder)
        every.loggingInterval = 1
        var trainer = Trainer(
            limit: .epochs(1), callbacks: [GradientNormMonitor(perModule: true), look], loggers: [told], options: every)
        trainer.options.loggingInterval = 1
        _ = try await trainer.fit(Classifier(), data: Points())
        let logged = told.steps.compactMap { $0.metrics["gradient_norm"] }
        #expect(logged.count == 6)
        #expect(zip(logged, squares).allSatisfy { abs($0 * $0 - $1) < 1e-5 * max(1, $1) })
        let parts = try #require(told.steps.last).metrics
        let (first, last) = (try #require(parts["gradient_norm/net.0"]), try #require(parts["gradient_norm/net.3"]))
        #expect(abs(first * first + last * last - squares[5]) < 1e-5)
    }

    @Test func timerEndsTheRunAndGoesOnCounting() async throws {
        let folder = try Folder()
        let timer = Timer(seconds: 1e-9)
        let result = try await Trainer(limit: .epochs(3), callbacks: [timer], options: options(in: folder))
            .fit(Classifier(), data: Points())
        #expect(result.steps == 1)
        let other = Timer(seconds: 100)
        try other.restoreState(#"{"training":70,"validation":20}"#)
        #expect(other.validationSeconds == 20)
        #expect(other.trainingSeconds >= 70)
        let early = Timer(seconds: 80)
        try early.restoreState(#"{"training":70,"validation":20}"#)
        let resumed = try await Trainer(limit: .epochs(3), callbacks: [early], options: options(in: folder))
            .fit(Classifier(), data: Points())
        #expect(resumed.steps == 1)
    }

    @Test func usageIsMeasured() async throws {
        let folder = try Folder()
        let told = Told()
        _ = try await Trainer(
            limit: .epochs(1), callbacks: [DeviceStats(everySteps: 2)], loggers: [told], options: options(in: folder)
        ).fit(Classifier(), data: Points())
        let metrics = try #require(told.epochs.last).metrics
        for name in ["memory_bytes", "memory_available_bytes", "samples_per_second"] {
            #expect(try #require(metrics[name]) > 0, "\(name)")
        }
        #expect(try #require(metrics["cpu_cores"]) >= 0)
    }
}
