// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

extension Run: RunControl {
    var name: String { options.runName ?? module.name }
    var recipe: String? { options.recipe }
    var limit: Limit { options.limit }
    var device: Device { options.strategy.device }
    var console: Console { options.console }
    var hyperparameters: [(name: String, value: String)] { options.hyperparameters }
    var precision: Precision { options.precision }
    var batchesPerEpoch: Int { splits.training?.batchCount ?? 0 }
    var totalSteps: Int { limit.totalSteps(stepsPerEpoch: stepsPerEpoch) }
    var optimizers: [Optimizer] { scheduled.map(\.optimizer) }
    var learningRate: Double { scheduled.first?.optimizer.learningRate ?? 0 }
    var metricNames: [String] { trainingMeans.names + epochValues.names.filter { !trainingMeans.names.contains($0) } }

    func changeBatchSize(to size: Int) throws {
        guard size >= 1 else {
            throw TrainingError(.badOption, "a batch size of \(size) gives no batches", remedy: "give 1 or more")
        }
        guard progress.step == 0, progress.batch == 0 else {
            throw TrainingError(
                .badOption, "the batch size cannot change to \(size) after \(progress.step) steps",
                remedy: "change it before the first step: in runStarted or fitStarted")
        }
        splits.training = splits.training.map { $0.resized(to: size) }
        changedBatchSize = size
    }

    func accumulate(_ batches: Int) {
        wantedAccumulation = max(1, batches)
        if progress.batch == 0 { accumulation = wantedAccumulation }
    }

    func requestValidation() { isValidationRequested = true }

    func stop(because reason: String) { stopReason = stopReason ?? reason }

    func loadWeights(from path: String) throws { try Checkpoint(path: path).loadWeights(into: module.checkpointRoot) }

    func log(_ name: String, _ value: Double, on moments: LogMoments) {
        if moments.contains(.epoch) { epochValues[name] = value }
        if moments.contains(.step), isLoggingStep { stepMeans.add(name, value, weight: 1, .last) }
    }

    func log(_ name: String, _ value: Tensor, on moments: LogMoments) {
        if moments.contains(.epoch) { trainingMeans.add(name, value, weight: 1, .last) }
        if moments.contains(.step), isLoggingStep { stepMeans.add(name, value, weight: 1, .last) }
    }

    func log(_ attachment: Attachment) { logbook.log(attachment, self) }
}

extension DataLoader {
    /// The same samples in the same order, in batches of another size.
    func resized(to size: Int) -> DataLoader {
        DataLoader(dataset, batchSize: size, sampler: sampler, dropLast: dropLast)
    }
}
