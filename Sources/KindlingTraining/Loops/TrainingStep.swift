// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingEngine
internal import KindlingOptim

/// One batch: forward, backward, optimizer step.
struct TrainingStep {
    let run: Run
    let totalSteps: Int

    func take(_ batch: Batch) throws {
        guard let optimizer = run.optimizer else { internalFault("a training step without an optimizer") }
        let batch = run.options.precision.prepare(try run.options.strategy.place(batch))
        optimizer.learningRate = run.learningRate(step: run.progress.step, totalSteps: totalSteps)
        let context = StepContext(
            stage: .training, epoch: run.progress.epoch, step: run.progress.step, batchIndex: run.progress.batch,
            sampleCount: batch.count, metrics: run.trainingMeans)
        try withTensorErrors {
            let step = run.progress.step
            let loss = try withPrecision(run.options.precision.policy) {
                try ForwardContext.run(.training, random: run.randomStream(step: step), step: step) {
                    try ForwardContext.inside(run.module) { try run.module.trainingStep(batch, context) }
                }
            }
            try check(loss)
            try run.differentiate(loss)
        }
        if try run.unscaleGradients() { try optimizer.step() }
        try run.trainingMeans.check()
        run.progress.step += 1
        run.progress.batch += 1
        run.progress.samples += batch.count
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
