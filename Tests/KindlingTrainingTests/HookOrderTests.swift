// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingNN
import Testing

@testable import KindlingTraining

/// Writes down every hook.
final class Recorder: Callback {
    private(set) var lines: [String] = []
    var text: String { lines.joined(separator: "\n") }

    func fitStarted(_ run: any RunControl) async throws { lines.append("fit started") }
    func epochStarted(_ run: any RunControl) async throws { lines.append("epoch \(run.progress.epoch) started") }
    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        lines.append(
            "batch \(batch.batchIndex) of \(batch.batchCount), \(batch.sampleCount) samples, step \(run.progress.step)")
    }
    func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        lines.append("\(run.stage) of \(batchCount) batches started")
    }
    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        lines.append("\(run.stage) ended, \(result.sampleCount) samples")
    }
    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        lines.append("epoch \(epoch.epoch) ended at step \(epoch.step), next \(run.progress.epoch)")
    }
    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        lines.append("fit ended: \(result.ending)")
    }
    func fitFailed(_ error: any Error, _ run: any RunControl) async throws { lines.append("fit failed: \(error)") }
}

@Suite struct HookOrderTests {
    private let data = Points(training: 5, validation: 3, batchSize: 2)

    private func trace(
        _ limit: Limit, _ other: [any Callback] = [], data: Points? = nil, interruption: Interruption? = nil,
        module: any TrainingModule = Classifier()
    ) async throws -> String {
        let folder = try Folder()
        let recorder = Recorder()
        let trainer = Trainer(
            limit: limit, callbacks: [recorder] + other, options: options(in: folder), interruption: interruption)
        do { _ = try await trainer.fit(module, data: data ?? self.data) } catch is Mishap {}
        return recorder.text
    }

    @Test func trainingThenValidationThenEpochEnd() async throws {
        #expect(
            try await trace(.epochs(2)) == """
                fit started
                epoch 0 started
                batch 0 of 3, 2 samples, step 1
                batch 1 of 3, 2 samples, step 2
                batch 2 of 3, 1 samples, step 3
                validation of 2 batches started
                validation ended, 3 samples
                epoch 0 ended at step 3, next 1
                epoch 1 started
                batch 0 of 3, 2 samples, step 4
                batch 1 of 3, 2 samples, step 5
                batch 2 of 3, 1 samples, step 6
                validation of 2 batches started
                validation ended, 3 samples
                epoch 1 ended at step 6, next 2
                fit ended: limit("2 epochs")
                """)
    }

    @Test func withoutValidationNothingIsEvaluated() async throws {
        #expect(
            try await trace(.epochs(1), data: Points(training: 5, validation: 0, batchSize: 2)) == """
                fit started
                epoch 0 started
                batch 0 of 3, 2 samples, step 1
                batch 1 of 3, 2 samples, step 2
                batch 2 of 3, 1 samples, step 3
                epoch 0 ended at step 3, next 1
                fit ended: limit("1 epoch")
                """)
    }

    @Test func stopValidatesAndLeavesTheEpochOpen() async throws {
        #expect(
            try await trace(.epochs(9), [After(step: 2) { $0.stop(because: "enough") }]) == """
                fit started
                epoch 0 started
                batch 0 of 3, 2 samples, step 1
                batch 1 of 3, 2 samples, step 2
                validation of 2 batches started
                validation ended, 3 samples
                fit ended: stopped("enough")
                """)
    }

    @Test func limitInStepsLeavesTheEpochOpen() async throws {
        #expect(
            try await trace(.first(of: [.steps(4), .epochs(9)])) == """
                fit started
                epoch 0 started
                batch 0 of 3, 2 samples, step 1
                batch 1 of 3, 2 samples, step 2
                batch 2 of 3, 1 samples, step 3
                validation of 2 batches started
                validation ended, 3 samples
                epoch 0 ended at step 3, next 1
                epoch 1 started
                batch 0 of 3, 2 samples, step 4
                validation of 2 batches started
                validation ended, 3 samples
                fit ended: limit("4 steps or 9 epochs")
                """)
    }

    @Test func interruptionLeavesTheEpochOpen() async throws {
        let interruption = Interruption()
        #expect(
            try await trace(
                .epochs(9), [After(step: 2) { _ in interruption.request(signal: 15) }], interruption: interruption)
                    == """
                    fit started
                    epoch 0 started
                    batch 0 of 3, 2 samples, step 1
                    batch 1 of 3, 2 samples, step 2
                    fit ended: interrupted(signal: 15)
                    """)
    }

    @Test func stepThatThrowsFailsTheFit() async throws {
        let module = Scripted { net, batch, context in
            if context.step == 1 { throw Mishap() }
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        #expect(
            try await trace(.epochs(9), module: module) == """
                fit started
                epoch 0 started
                batch 0 of 3, 2 samples, step 1
                fit failed: mishap
                """)
    }
}
