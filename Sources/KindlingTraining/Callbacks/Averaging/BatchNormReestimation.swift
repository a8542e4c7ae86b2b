// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN

/// Running statistics of batch normalizations for weights that no step was taken with, such as averages.
enum BatchNormReestimation {
    /// Gives every running statistic the mean of those of all training batches, each counting alike.
    ///
    /// A pass over the training split, forward alone, in the phase of training. Nothing is learned and no metric is
    /// shown a batch.
    /// - Throws: what a step throws; the statistics are then as before.
    static func run(_ run: any RunControl) throws {
        let norms = run.module.namedModules.compactMap { $0.module as? BatchNorm }.filter {
            $0.runningMean != nil && $0.momentum > 0
        }
        guard !norms.isEmpty, let loader = run.splits.training else { return }  // There is nothing to estimate.
        let statistics = norms.flatMap { norm in
            [norm.runningMean, norm.runningVariance].compactMap { $0 }.map { (buffer: $0, momentum: norm.momentum) }
        }
        let before = statistics.map(\.buffer.value)
        var means = statistics.map { Tensor.zeros($0.buffer.shape, dtype: .float64, on: .cpu) }
        var count = 0
        do {
            var batches = loader.batches(epoch: run.progress.epoch, seed: run.progress.seed)
            while let next = try batches.next() {
                let batch = run.precision.prepare(try next.copied(to: run.device))
                try withTensorErrors {
                    // From zero, a share `momentum` of the way to the batch's statistics is a known part of them.
                    for (buffer, _) in statistics { buffer.value = .zerosLike(buffer) }
                    try forward(batch, index: count, run)
                    count += 1
                    noGrad {
                        for (place, (buffer, momentum)) in statistics.enumerated() {
                            let own = buffer.value.moved(to: .cpu).converted(to: .float64) / momentum
                            means[place] = means[place] + (own - means[place]) / Double(count)
                        }
                    }
                }
            }
            try withTensorErrors {
                for ((buffer, _), (mean, old)) in zip(statistics, zip(count > 0 ? means : before, before)) {
                    buffer.value = mean.converted(to: old.dtype).moved(to: old.device)
                }
            }
        } catch {
            for ((buffer, _), value) in zip(statistics, before) { buffer.value = value }
            throw error
        }
    }

    private static func forward(_ batch: Batch, index: Int, _ run: any RunControl) throws {
        let context = StepContext(
            stage: .training, epoch: run.progress.epoch, step: run.progress.step, batchIndex: index,
            sampleCount: batch.count, metrics: MetricMeans())
        let random = RandomStream(seed: run.progress.seed)["statistics"][index]
        // Statistics follow only while gradients are recorded; this recording is dropped with the loss.
        try withPrecision(run.precision.policy) {
            try ForwardContext.run(.training, random: random) {
                try ForwardContext.inside(run.module) { _ = try run.module.trainingStep(batch, context) }
            }
        }
    }
}

extension Tensor {
    fileprivate static func zerosLike(_ buffer: Buffer) -> Tensor {
        .zeros(buffer.shape, dtype: buffer.dtype, on: buffer.value.device)
    }

    fileprivate func moved(to device: Device) -> Tensor {
        do throws(TensorError) { return try copied(to: device) } catch { return .failed(error, spec) }
    }
}
