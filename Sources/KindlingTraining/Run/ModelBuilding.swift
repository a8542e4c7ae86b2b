// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN

extension Trainer {
    /// Decides the shapes that wait for an input, by a step on the first batch's shapes, without values.
    ///
    /// The batch is a real one, because only data know the shape of targets. A module whose shapes are all decided
    /// costs nothing here.
    /// - Throws: what kept a layer from being built.
    func buildShapes(of module: any TrainingModule, _ splits: DataSplits) throws {
        guard !module.isFullyBuilt else { return }
        let loaders = [splits.training, splits.validation, splits.test, splits.predict].compactMap { $0 }
        guard let loader = loaders.first(where: { $0.batchCount > 0 }) else {
            throw TrainingError(
                .missingData, "there are no data from which \(module.name) could take the sizes of its layers",
                remedy: "give the data module a split with at least one batch, or the layers their sizes")
        }
        var batches = loader.batches(epoch: 0, seed: options.seed)
        guard var batch = try batches.next() else { return }  // counted above: there is one
        batch = options.precision.prepare(batch)
        batch.inputs = .zeros(batch.inputs.shape, dtype: batch.inputs.dtype, on: .meta)
        batch.targets = .zeros(batch.targets.shape, dtype: batch.targets.dtype, on: .meta)
        let context = StepContext(
            stage: .training, epoch: 0, step: 0, batchIndex: 0, sampleCount: batch.count, metrics: MetricMeans())
        try module.build(tolerant: true) {
            try withPrecision(options.precision.policy) {
                try ForwardContext.inside(module) { _ = try module.trainingStep(batch, context) }
            }
        }
    }
}
