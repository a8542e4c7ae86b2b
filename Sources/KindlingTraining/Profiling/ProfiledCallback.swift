// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// A callback whose hooks are parts of a profile, under their names: `ModelCheckpoint.epochEnded`.
///
/// A hook that does nothing costs nearly nothing and is recorded all the same. A test holds that none is forgotten here.
final class ProfiledCallback: Callback {
    private let callback: any Callback
    private let name: String

    init(_ callback: any Callback) {
        self.callback = callback
        name = String(describing: type(of: callback))
    }

    var stateKey: String { callback.stateKey }
    var band: CallbackBand { callback.band }
    var monitoredNames: [String] { callback.monitoredNames }

    private func hook(_ hook: String, _ body: () async throws -> Void) async throws {
        try await OperationProfile.part("\(name).\(hook)", body)
    }

    func runStarted(_ run: any RunControl) async throws {
        try await hook("runStarted") { try await callback.runStarted(run) }
    }
    func fitStarted(_ run: any RunControl) async throws {
        try await hook("fitStarted") { try await callback.fitStarted(run) }
    }
    func sanityCheckStarted(_ run: any RunControl) async throws {
        try await hook("sanityCheckStarted") { try await callback.sanityCheckStarted(run) }
    }
    func sanityCheckEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        try await hook("sanityCheckEnded") { try await callback.sanityCheckEnded(result, run) }
    }
    func epochStarted(_ run: any RunControl) async throws {
        try await hook("epochStarted") { try await callback.epochStarted(run) }
    }
    func batchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {
        try await hook("batchStarted") { try await callback.batchStarted(batch, run) }
    }
    func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws {
        try await hook("backwardStarted") { try await callback.backwardStarted(loss, run) }
    }
    func backwardEnded(_ loss: Tensor, _ run: any RunControl) async throws {
        try await hook("backwardEnded") { try await callback.backwardEnded(loss, run) }
    }
    func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws {
        try await hook("gradientsReady") { try await callback.gradientsReady(step, run) }
    }
    func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {
        try await hook("stepEnded") { try await callback.stepEnded(step, run) }
    }
    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        try await hook("batchEnded") { try await callback.batchEnded(batch, run) }
    }
    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        try await hook("epochEnded") { try await callback.epochEnded(epoch, run) }
    }
    func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        try await hook("evaluationStarted") { try await callback.evaluationStarted(batchCount: batchCount, run) }
    }
    func evaluationBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {
        try await hook("evaluationBatchStarted") { try await callback.evaluationBatchStarted(batch, run) }
    }
    func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws {
        try await hook("evaluationBatchEnded") { try await callback.evaluationBatchEnded(batch, run) }
    }
    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        try await hook("evaluationEnded") { try await callback.evaluationEnded(result, run) }
    }
    func predictionStarted(batchCount: Int, _ run: any RunControl) async throws {
        try await hook("predictionStarted") { try await callback.predictionStarted(batchCount: batchCount, run) }
    }
    func predictionBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {
        try await hook("predictionBatchStarted") { try await callback.predictionBatchStarted(batch, run) }
    }
    func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws {
        try await hook("predictionBatchEnded") { try await callback.predictionBatchEnded(prediction, run) }
    }
    func predictionEnded(_ run: any RunControl) async throws {
        try await hook("predictionEnded") { try await callback.predictionEnded(run) }
    }
    func checkpointSaved(to path: String, _ run: any RunControl) async throws {
        try await hook("checkpointSaved") { try await callback.checkpointSaved(to: path, run) }
    }
    func checkpointRestored(from path: String, _ run: any RunControl) async throws {
        try await hook("checkpointRestored") { try await callback.checkpointRestored(from: path, run) }
    }
    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        try await hook("fitEnded") { try await callback.fitEnded(result, run) }
    }
    func fitFailed(_ error: any Error, _ run: any RunControl) async throws {
        try await hook("fitFailed") { try await callback.fitFailed(error, run) }
    }
    func runEnded(_ run: any RunControl) async throws {
        try await hook("runEnded") { try await callback.runEnded(run) }
    }

    func saveState() throws -> String? { try callback.saveState() }
    func restoreState(_ state: String) throws { try callback.restoreState(state) }
    func saveTensors() throws -> [(name: String, value: Tensor)] { try callback.saveTensors() }
    func restoreTensors(_ tensor: (String) throws -> Tensor?) throws { try callback.restoreTensors(tensor) }
}
