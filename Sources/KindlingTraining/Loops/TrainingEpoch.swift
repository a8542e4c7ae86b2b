// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine

/// The training batches of an epoch that are left.
struct TrainingEpoch {
    let run: Run
    let loader: DataLoader
    let interruption: Interruption?

    /// Learns from them.
    /// - Returns: Why the run ends within the epoch, or nil when all batches are learned from.
    func run() async throws -> FitResult.Ending? {
        run.stage = .training
        if run.progress.batch == 0 {
            run.trainingMeans.clear()
            run.epochValues = MetricValues()
            for callback in run.callbacks { try await callback.epochStarted(run) }
        }
        var batches = loader.batches(epoch: run.progress.epoch, seed: run.progress.seed, from: run.progress.batch)
        let step = TrainingStep(run: run, loader: loader, callbacks: run.callbacks)
        while let batch = try await OperationProfile.part("next batch", { try batches.next() }) {
            let stepsBefore = run.progress.step
            let loss = try await step.take(batch)
            let result = BatchResult(
                batchIndex: run.progress.batch - 1, batchCount: loader.batchCount, sampleCount: batch.count, loss: loss,
                means: run.trainingMeans)
            for callback in run.callbacks { try await callback.batchEnded(result, run) }
            if run.progress.step > stepsBefore, run.isLoggingStep { try logStep() }
            // A signal that comes with the last batch finds the epoch open too: what follows may take long.
            if let signal = interruption?.signalReceived { return .interrupted(signal: signal) }
            if run.progress.batch == loader.batchCount { return nil }
            if let ending = run.ending(interruption) { return ending }
            if run.isValidationRequested {
                run.isValidationRequested = false
                if let figures = try await run.validate() { run.logbook.log(run.stepFigures(figures), run) }
            }
        }
        return nil
    }

    private func logStep() throws {
        let figures = try run.stepMeans.figures()
        run.logbook.log(run.stepFigures(figures), run)
    }
}

extension Run {
    /// What loggers are told of the step that was taken last.
    func stepFigures(_ metrics: MetricValues) -> StepFigures {
        StepFigures(
            epoch: progress.epoch, step: progress.step, samples: progress.samples, seconds: seconds,
            learningRate: learningRate, metrics: metrics)
    }
}
