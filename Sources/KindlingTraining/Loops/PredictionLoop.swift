// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
public import KindlingEngine

/// The outputs for one batch, and which samples they are of.
public struct Prediction: Sendable {
    /// The samples' places in their data set.
    public let indices: [Int]
    /// The outputs, `[N, …]`.
    public let outputs: Tensor
    /// The targets that came with the samples.
    public let targets: Tensor
}

/// A pass over a split that keeps outputs.
struct PredictionLoop {
    let run: Run

    func run(_ loader: DataLoader, _ consume: (Prediction) throws -> Void) throws {
        run.stage = .prediction
        var batches = loader.batches(epoch: 0, seed: run.progress.seed)
        var index = 0
        while let next = try batches.next() {
            let batch = run.options.precision.prepare(try run.options.strategy.place(next))
            let context = StepContext(
                stage: .prediction, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
                sampleCount: batch.count, metrics: MetricMeans())
            let outputs = try withTensorErrors {
                try noGrad {
                    try withPrecision(run.options.precision.policy) {
                        try ForwardContext.run(.evaluation, random: run.randomStream(step: index)) {
                            try ForwardContext.inside(run.module) { try run.module.predictStep(batch, context) }
                        }
                    }
                }
            }
            try consume(Prediction(indices: batch.indices, outputs: outputs, targets: batch.targets))
            index += 1
        }
    }
}
