// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

extension Callback {
    /// The type's name.
    public var stateKey: String { String(describing: type(of: self)) }
    /// Measuring: after what guards, before what decides.
    public var band: CallbackBand { .measuring }
    /// None.
    public var monitoredNames: [String] { [] }

    /// Nothing.
    public func runStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func fitStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func sanityCheckStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func sanityCheckEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func epochStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func batchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {}
    /// Nothing.
    public func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws {}
    /// Nothing.
    public func backwardEnded(_ loss: Tensor, _ run: any RunControl) async throws {}
    /// Nothing.
    public func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws {}
    /// Nothing.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func predictionStarted(batchCount: Int, _ run: any RunControl) async throws {}
    /// Nothing.
    public func predictionBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {}
    /// Nothing.
    public func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws {}
    /// Nothing.
    public func predictionEnded(_ run: any RunControl) async throws {}
    /// Nothing.
    public func checkpointSaved(to path: String, _ run: any RunControl) async throws {}
    /// Nothing.
    public func checkpointRestored(from path: String, _ run: any RunControl) async throws {}
    /// Nothing.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws {}
    /// Nothing.
    public func runEnded(_ run: any RunControl) async throws {}
    /// Nothing.
    public func saveState() throws -> String? { nil }
    /// Nothing.
    public func restoreState(_ state: String) throws {}
    /// None.
    public func saveTensors() throws -> [(name: String, value: Tensor)] { [] }
    /// Nothing.
    public func restoreTensors(_ tensor: (String) throws -> Tensor?) throws {}
}
