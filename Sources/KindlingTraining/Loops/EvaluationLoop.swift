// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine

/// A pass over a split without learning.
struct EvaluationLoop {
    let run: Run
    let stage: Stage
    var interruption: Interruption?

    /// A signal came before the pass was done; its figures are worth nothing.
    struct Interrupted: Error { let signal: Int32 }

    func run(_ loader: DataLoader) async throws -> EvaluationResult {
        run.stage = stage
        let clock = ContinuousClock()
        let start = clock.now
        let means = MetricMeans()
        for callback in run.callbacks {
            try await callback.evaluationStarted(batchCount: loader.batchCount, run)
        }
        var batches = loader.batches(epoch: 0, seed: run.progress.seed)
        var index = 0
        while let next = try batches.next() {
            let batch = run.options.precision.prepare(try run.options.strategy.place(next))
            let context = StepContext(
                stage: stage, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
                sampleCount: batch.count, metrics: means)
            try withTensorErrors {
                try noGrad {
                    try withPrecision(run.options.precision.policy) {
                        try ForwardContext.run(.evaluation, random: run.randomStream(step: index)) {
                            try ForwardContext.inside(run.module) {
                                stage == .test
                                    ? try run.module.testStep(batch, context)
                                    : try run.module.validationStep(batch, context)
                            }
                        }
                    }
                }
            }
            if let signal = interruption?.signalReceived { throw Interrupted(signal: signal) }
            index += 1
        }
        let result = EvaluationResult(
            stage: stage, metrics: try means.figures(), sampleCount: loader.sampleCount,
            seconds: (clock.now - start).seconds)
        for callback in run.callbacks { try await callback.evaluationEnded(result, run) }
        return result
    }
}
