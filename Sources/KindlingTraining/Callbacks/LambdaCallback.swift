// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// A callback made of closures, for what is too small for a type of its own.
///
/// Every hook of ``Callback`` that a run of steps has is an argument of the same name; what is left out does nothing.
///
///     LambdaCallback(epochEnded: { epoch, run in print(epoch.metrics["loss"] ?? .nan) })
public final class LambdaCallback: Callback {
    /// What is done at a moment that has no value of its own.
    public typealias Moment = (any RunControl) async throws -> Void
    /// What is done at a moment that comes with a value.
    public typealias Hook<Value> = (Value, any RunControl) async throws -> Void

    /// When its turn is among others.
    public let band: CallbackBand
    private let moments: (fitStarted: Moment?, epochStarted: Moment?, runEnded: Moment?)
    private let batch: (started: Hook<BatchStart>?, ended: Hook<BatchResult>?)
    private let backward: (started: Hook<Tensor>?, ended: Hook<Tensor>?)
    private let step: (pending: Hook<PendingStep>?, ended: Hook<StepResult>?)
    private let evaluation: (batch: Hook<EvaluationBatch>?, ended: Hook<EvaluationResult>?)
    private let epoch: Hook<EpochResult>?
    private let prediction: Hook<Prediction>?
    private let saved: Hook<String>?
    private let fit: (ended: Hook<FitResult>?, failed: Hook<any Error>?)

    /// Closures for the hooks of the same names; nil for nothing.
    public init(
        band: CallbackBand = .measuring, fitStarted: Moment? = nil, epochStarted: Moment? = nil,
        batchStarted: Hook<BatchStart>? = nil, backwardStarted: Hook<Tensor>? = nil,
        backwardEnded: Hook<Tensor>? = nil, gradientsReady: Hook<PendingStep>? = nil,
        stepEnded: Hook<StepResult>? = nil, batchEnded: Hook<BatchResult>? = nil,
        evaluationBatchEnded: Hook<EvaluationBatch>? = nil, evaluationEnded: Hook<EvaluationResult>? = nil,
        epochEnded: Hook<EpochResult>? = nil, predictionBatchEnded: Hook<Prediction>? = nil,
        checkpointSaved: Hook<String>? = nil, fitEnded: Hook<FitResult>? = nil, fitFailed: Hook<any Error>? = nil,
        runEnded: Moment? = nil
    ) {
        self.band = band
        moments = (fitStarted, epochStarted, runEnded)
        batch = (batchStarted, batchEnded)
        backward = (backwardStarted, backwardEnded)
        step = (gradientsReady, stepEnded)
        evaluation = (evaluationBatchEnded, evaluationEnded)
        epoch = epochEnded
        prediction = predictionBatchEnded
        saved = checkpointSaved
        fit = (fitEnded, fitFailed)
    }

    /// Calls its closure.
    public func fitStarted(_ run: any RunControl) async throws { try await moments.fitStarted?(run) }
    /// Calls its closure.
    public func epochStarted(_ run: any RunControl) async throws { try await moments.epochStarted?(run) }
    /// Calls its closure.
    public func batchStarted(_ batch: BatchStart, _ run: any RunControl) async throws {
        try await self.batch.started?(batch, run)
    }
    /// Calls its closure.
    public func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws {
        try await backward.started?(loss, run)
    }
    /// Calls its closure.
    public func backwardEnded(_ loss: Tensor, _ run: any RunControl) async throws {
        try await backward.ended?(loss, run)
    }
    /// Calls its closure.
    public func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws {
        try await self.step.pending?(step, run)
    }
    /// Calls its closure.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {
        try await self.step.ended?(step, run)
    }
    /// Calls its closure.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        try await self.batch.ended?(batch, run)
    }
    /// Calls its closure.
    public func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws {
        try await evaluation.batch?(batch, run)
    }
    /// Calls its closure.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        try await evaluation.ended?(result, run)
    }
    /// Calls its closure.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        try await self.epoch?(epoch, run)
    }
    /// Calls its closure.
    public func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws {
        try await self.prediction?(prediction, run)
    }
    /// Calls its closure.
    public func checkpointSaved(to path: String, _ run: any RunControl) async throws { try await saved?(path, run) }
    /// Calls its closure.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws { try await fit.ended?(result, run) }
    /// Calls its closure.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws { try await fit.failed?(error, run) }
    /// Calls its closure.
    public func runEnded(_ run: any RunControl) async throws { try await moments.runEnded?(run) }
}
