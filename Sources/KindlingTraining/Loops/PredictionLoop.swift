// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine

/// A pass over a split that hands outputs over.
struct PredictionLoop {
    let run: Run

    func run(_ loader: DataLoader, _ consume: (Prediction) throws -> Void) async throws {
        run.stage = .prediction
        for callback in run.callbacks {
            try await callback.predictionStarted(batchCount: loader.batchCount, run)
        }
        var batches = loader.batches(epoch: 0, seed: run.progress.seed)
        var index = 0
        while let next = try await OperationProfile.part("next batch", { try batches.next() }) {
            let batch = run.options.precision.prepare(try run.options.strategy.place(next))
            let start = BatchStart(batchIndex: index, batchCount: loader.batchCount, batch: batch)
            for callback in run.callbacks { try await callback.predictionBatchStarted(start, run) }
            let prediction = Prediction(
                indices: batch.indices, outputs: try outputs(for: batch, index), targets: batch.targets)
            for callback in run.callbacks { try await callback.predictionBatchEnded(prediction, run) }
            try consume(prediction)
            index += 1
        }
        for callback in run.callbacks { try await callback.predictionEnded(run) }
    }

    private func outputs(for batch: Batch, _ index: Int) throws -> Tensor {
        let context = StepContext(
            stage: .prediction, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
            sampleCount: batch.count, metrics: MetricMeans())
        return try withTensorErrors {
            try noGrad {
                try withPrecision(run.options.precision.policy) {
                    try ForwardContext.run(.evaluation, random: run.randomStream(index)) {
                        try ForwardContext.inside(run.module) { try run.module.predictStep(batch, context) }
                    }
                }
            }
        }
    }
}
