// SPDX-License-Identifier: Apache-2.0
import KindlingEngine

@testable import KindlingTraining

/// Writes down the name of every hook that is called.
final class EveryHook: Callback {
    private(set) var names: [String] = []

    private func note(_ name: String = #function) { names.append(String(name.prefix { $0 != "(" })) }

    func runStarted(_ run: any RunControl) async throws { note() }
    func fitStarted(_ run: any RunControl) async throws { note() }
    func sanityCheckStarted(_ run: any RunControl) async throws { note() }
    func sanityCheckEnded(_ result: EvaluationResult, _ run: any RunControl) async throws { note() }
    func epochStarted(_ run: any RunControl) async throws { note() }
    func batchStarted(_ batch: BatchStart, _ run: any RunControl) async throws { note() }
    func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws { note() }
    func backwardEnded(_ loss: Tensor, _ run: any RunControl) async throws { note() }
    func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws { note() }
    func stepEnded(_ step: StepResult, _ run: any RunControl) async throws { note() }
    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws { note() }
    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws { note() }
    func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws { note() }
    func evaluationBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws { note() }
    func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws { note() }
    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws { note() }
    func predictionStarted(batchCount: Int, _ run: any RunControl) async throws { note() }
    func predictionBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws { note() }
    func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws { note() }
    func predictionEnded(_ run: any RunControl) async throws { note() }
    func checkpointSaved(to path: String, _ run: any RunControl) async throws { note() }
    func checkpointRestored(from path: String, _ run: any RunControl) async throws { note() }
    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws { note() }
    func fitFailed(_ error: any Error, _ run: any RunControl) async throws { note() }
    func runEnded(_ run: any RunControl) async throws { note() }
}
