// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine

/// A pass over a split without learning.
struct EvaluationLoop {
    let run: Run
    let stage: Stage
    /// Who is told.
    let callbacks: [any Callback]
    var interruption: Interruption?
    /// How many batches are looked at; all when nil.
    let batchLimit: Int?

    /// A signal came before the pass was done; its figures are worth nothing.
    struct Interrupted: Error { let signal: Int32 }

    init(
        run: Run, stage: Stage, callbacks: [any Callback]? = nil, interruption: Interruption? = nil,
        batchLimit: Int? = nil
    ) {
        self.run = run
        self.stage = stage
        self.callbacks = callbacks ?? run.callbacks
        self.interruption = interruption
        self.batchLimit = batchLimit
    }

    func run(_ loader: DataLoader) async throws -> EvaluationResult {
        run.stage = stage
        let clock = ContinuousClock()
        let start = clock.now
        let means = MetricMeans()
        for callback in callbacks {
            try await callback.evaluationStarted(batchCount: loader.batchCount, run)
        }
        var batches = loader.batches(epoch: 0, seed: run.progress.seed)
        var (index, samples) = (0, 0)
        while index < batchLimit ?? .max,
            let next = try await OperationProfile.part("next batch", { try batches.next() })
        {
            try await look(at: next, index, of: loader.batchCount, means)
            if let signal = interruption?.signalReceived { throw Interrupted(signal: signal) }
            index += 1
            samples += next.count
        }
        let result = EvaluationResult(
            stage: stage, metrics: try means.figures(), sampleCount: samples, seconds: (clock.now - start).seconds)
        for callback in callbacks { try await callback.evaluationEnded(result, run) }
        return result
    }

    private func look(at next: Batch, _ index: Int, of batchCount: Int, _ means: MetricMeans) async throws {
        let batch = run.options.precision.prepare(try run.options.strategy.place(next))
        let context = StepContext(
            stage: stage, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
            sampleCount: batch.count, metrics: means)
        if !callbacks.isEmpty {
            let start = BatchStart(batchIndex: index, batchCount: batchCount, batch: batch)
            for callback in callbacks { try await callback.evaluationBatchStarted(start, run) }
        }
        try withTensorErrors {
            try noGrad {
                try withPrecision(run.options.precision.policy) {
                    try ForwardContext.run(.evaluation, random: run.randomStream(index)) {
                        try ForwardContext.inside(run.module) {
                            stage == .test
                                ? try run.module.testStep(batch, context)
                                : try run.module.validationStep(batch, context)
                        }
                    }
                }
            }
        }
        try means.check()
        guard !callbacks.isEmpty else { return }  // Nobody is told.
        let result = EvaluationBatch(
            stage: stage, batchIndex: index, batchCount: batchCount, batch: batch, outputs: context.outputs)
        for callback in callbacks { try await callback.evaluationBatchEnded(result, run) }
    }
}

extension Run {
    /// What there is to validate on; nil when there is nothing.
    var validationLoader: DataLoader? { splits.validation.flatMap { $0.batchCount > 0 ? $0 : nil } }

    /// Looks at the validation split in the middle or at the end of a training epoch, and adds to the epoch's figures.
    /// - Returns: What it came to; nil when there is nothing to look at.
    func validate(until interruption: Interruption? = nil) async throws -> MetricValues? {
        guard let loader = validationLoader else { return nil }  // See above.
        let result = try await EvaluationLoop(run: self, stage: .validation, interruption: interruption).run(loader)
        stage = .training
        epochValues = epochValues.merging(result.metrics)
        return result.metrics
    }
}
