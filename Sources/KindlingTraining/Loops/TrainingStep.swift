// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingEngine
internal import KindlingOptim

/// One batch: forward, backward, and the optimizer's step when the batch completes one.
struct TrainingStep {
    let run: Run
    let loader: DataLoader
    /// Who is told.
    let callbacks: [any Callback]

    /// Learns from a batch.
    /// - Returns: Its loss.
    @discardableResult
    func take(_ next: Batch) async throws -> Tensor {
        let batch = run.options.precision.prepare(try run.options.strategy.place(next))
        let index = run.progress.batch
        if index % run.accumulation == 0 { beginStep() }
        if !callbacks.isEmpty {
            let start = BatchStart(batchIndex: index, batchCount: loader.batchCount, batch: batch)
            for callback in callbacks { try await callback.batchStarted(start, run) }
        }
        let loss = try await withTensorErrors {
            let loss = try forward(batch, index)
            for callback in callbacks { try await callback.backwardStarted(loss, run) }
            let share = share(of: batch.count, at: index)
            try run.differentiate(share == 1 ? loss : loss * share)
            for callback in callbacks { try await callback.backwardEnded(loss, run) }
            return loss.detached()
        }
        try run.trainingMeans.check()
        run.progress.batch += 1
        run.progress.samples += batch.count
        if run.progress.batch % run.accumulation == 0 || run.progress.batch == loader.batchCount {
            // A step whose scaled gradients were infinite is counted and not taken.
            if try run.unscaleGradients() {
                for optimizer in run.scheduled { try await step(optimizer) }
            }
            run.progress.step += 1
        }
        return loss
    }

    private func beginStep() {
        for scheduled in run.scheduled { scheduled.optimizer.learningRate = run.nextLearningRate(of: scheduled) }
        let interval = run.options.loggingInterval
        run.isLoggingStep = !run.logbook.isEmpty && interval > 0 && (run.progress.step + 1) % interval == 0
        run.stepMeans.clear()
    }

    private func forward(_ batch: Batch, _ index: Int) throws -> Tensor {
        let context = StepContext(
            stage: .training, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
            sampleCount: batch.count, metrics: run.trainingMeans, stepMetrics: run.isLoggingStep ? run.stepMeans : nil)
        // Each batch of a step draws its own numbers.
        let random = run.randomStream(run.progress.step)
        let place = index % run.accumulation
        let loss = try withPrecision(run.options.precision.policy) {
            try ForwardContext.run(
                .training, random: place == 0 ? random : random["batch"][place], step: run.progress.step
            ) {
                try ForwardContext.inside(run.module) { try run.module.trainingStep(batch, context) }
            }
        }
        try check(loss)
        return loss
    }

    /// What a batch's mean loss counts for in the mean over all samples of its step.
    private func share(of count: Int, at index: Int) -> Double {
        if run.accumulation == 1 { return 1 }
        let first = index - index % run.accumulation
        let end = min(first + run.accumulation, loader.batchCount)
        let samples = min(end * loader.batchSize, loader.sampleCount) - first * loader.batchSize
        return Double(count) / Double(samples)
    }

    private func step(_ scheduled: ScheduledOptimizer) async throws {
        let batches = (run.progress.batch - 1) % run.accumulation + 1
        let optimizer = scheduled.optimizer
        if !callbacks.isEmpty {
            let pending = PendingStep(
                step: run.progress.step, optimizer: optimizer, batchCount: batches, parameters: scheduled.ready)
            for callback in callbacks { try await callback.gradientsReady(pending, run) }
        }
        if let clipping = run.options.clipping {
            try clipping.step(optimizer, scheduled.ready.map(\.parameter))
        } else {
            try optimizer.step()
        }
        let result = StepResult(
            step: run.progress.step + 1, optimizer: optimizer, learningRate: optimizer.learningRate, batchCount: batches
        )
        for callback in callbacks { try await callback.stepEnded(result, run) }
    }

    private func check(_ loss: Tensor) throws {
        guard loss.elementCount == 1 else {
            throw TrainingError(
                .badLoss, "trainingStep of \(run.module.name) returned a tensor of shape \(loss.shape), not one number",
                remedy: "reduce it: loss.mean()")
        }
        guard loss.requiresGradient else {
            throw TrainingError(
                .badLoss, "the loss of \(run.module.name) does not depend on any parameter that is learned",
                remedy: "compute it from the module's layers, outside noGrad, with at least one layer not frozen")
        }
    }
}
