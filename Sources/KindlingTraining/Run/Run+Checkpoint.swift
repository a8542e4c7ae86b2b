// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

extension Run {
    func saveCheckpoint(to path: String) async throws {
        var state = CheckpointState(
            module: module.name, progress: progress, dataFingerprint: splits.fingerprint)
        state.batchSize = splits.training?.batchSize
        state.changedBatchSize = changedBatchSize
        state.vocabulary = splits.vocabulary
        state.learningRateFactor = learningRateFactor
        state.fixedLearningRate = fixedLearningRate
        state.lossScale = scaling?.state
        (state.accumulation, state.wantedAccumulation) = (accumulation, wantedAccumulation)
        let logged = progress.batch > 0 ? try trainingMeans.saved() : (entries: [], states: [:])
        state.metrics = logged.entries
        if progress.batch > 0 { state.epochFigures = epochValues.map { .init(name: $0.name, figure: $0.value) } }
        var tensors: [(path: String, value: Tensor)] = []
        for scheduled in scheduled {
            let entry = CheckpointState.OptimizerEntry(
                name: scheduled.name, rule: scheduled.optimizer.rule.name, steps: scheduled.optimizer.stepCount,
                schedule: scheduled.scheduleState)
            state.optimizers.append(entry)
            let folder = entry.folder.dropFirst("kindling/".count)
            tensors += scheduled.optimizer.state.map { ("\(folder)/\($0.name)", $0.value) }
        }
        for (name, parameter) in module.namedParameters {
            if let gradient = parameter.gradient { tensors.append(("gradients/\(name)", gradient)) }
        }
        for (key, callback) in keyedCallbacks {
            state.callbacks[key] = try callback.saveState()
            let own = try callback.saveTensors()
            if !own.isEmpty { state.callbacksWithTensors.append(key) }
            tensors += own.map { ("callbacks/\(key)/\($0.name)", $0.value) }
        }
        try CheckpointWriter(
            module: module, state: state, tensors: tensors, metrics: logged.states, recipe: options.recipe
        ).write(to: path)
        for callback in callbacks { try await callback.checkpointSaved(to: path, self) }
    }

    /// Takes up where a checkpoint stopped.
    func restore(_ checkpoint: Checkpoint) throws {
        // Everything that can be refused comes first: a refused checkpoint changes nothing.
        try checkpoint.check(scheduled)
        let state = checkpoint.state
        try state.lossScale?.check()
        if let size = state.changedBatchSize { try changeBatchSize(to: size) }
        try check(checkpoint)
        let metrics = try checkpoint.metricStates()
        try checkpoint.loadWeights(into: module.checkpointRoot)
        try checkpoint.load(into: scheduled)
        progress = checkpoint.progress
        // A run of another precision has left none, and begins with its own.
        if scaling != nil, let saved = state.lossScale { scaling = GradientScaling(saved) }
        learningRateFactor = state.learningRateFactor
        fixedLearningRate = state.fixedLearningRate
        accumulation = state.accumulation
        wantedAccumulation = state.wantedAccumulation
        if progress.batch > 0 { try restoreStep(checkpoint) }
        trainingMeans.restore(state.metrics, states: metrics)
        epochValues = MetricValues(state.epochFigures.map { ($0.name, $0.figure) })
        for (key, callback) in keyedCallbacks {
            if state.callbacksWithTensors.contains(key) {
                try callback.restoreTensors { try checkpoint.tensor("kindling/callbacks/\(key)/\($0)") }
            }
            if let saved = state.callbacks[key] { try callback.restoreState(saved) }
        }
        reportStates(of: state)
    }

    /// What a step was in the middle of, and the rate that the last one had.
    private func restoreStep(_ checkpoint: Checkpoint) throws {
        for (name, parameter) in module.namedParameters {
            guard let gradient = try checkpoint.tensor("kindling/gradients/\(name)") else { continue }  // It had none.
            parameter.gradient = try withTensorErrors { try gradient.copied(to: parameter.value.device) }
        }
        // When every batch of the epoch is learned from, no step follows that would set it before it is logged.
        let isWithinStep = progress.batch % accumulation != 0 && progress.batch < batchesPerEpoch
        let now = progress
        if !isWithinStep { progress.step -= 1 }
        for scheduled in scheduled { scheduled.optimizer.learningRate = nextLearningRate(of: scheduled) }
        progress = now
    }

    /// Whether what comes after a checkpoint can be what would have come.
    private func check(_ checkpoint: Checkpoint) throws {
        guard checkpoint.state.dataFingerprint == splits.fingerprint else {
            throw TrainingError(
                .badCheckpoint, "'\(checkpoint.path)' was written with other data than this run's",
                remedy: "resume with the data of the checkpoint, or begin anew from its weights")
        }
        let written = checkpoint.progress
        let batchSize = splits.training?.batchSize
        if written.batch > 0, let before = checkpoint.state.batchSize, let now = batchSize, before != now {
            throw TrainingError(
                .badCheckpoint,
                "'\(checkpoint.path)' stands within an epoch of batches of \(before), this run's batches have \(now)",
                remedy: "resume with the batch size of the checkpoint, or begin anew from its weights")
        }
        guard written.seed == options.seed else {
            throw TrainingError(
                .badCheckpoint,
                "'\(checkpoint.path)' was written with the seed \(written.seed), this run has \(options.seed)",
                remedy: "resume with seed \(written.seed), or begin anew")
        }
        // Counters are numbers in a file: they are believed only where they can be true.
        let accumulation = checkpoint.state.accumulation
        guard written.epoch >= 0, written.step >= 0, written.samples >= 0, written.batch >= 0, accumulation >= 1,
            checkpoint.state.wantedAccumulation >= 1, written.batch / accumulation <= written.step,
            written.batch <= batchesPerEpoch
        else {
            throw TrainingError(
                .badCheckpoint, "'\(checkpoint.path)' has impossible counters: \(written)",
                remedy: "resume from another checkpoint of the run")
        }
    }

    /// Says which states found no callback, and which callbacks no state.
    private func reportStates(of state: CheckpointState) {
        let keys = Set(keyedCallbacks.map(\.key))
        let left = Set(state.callbacks.keys).union(state.callbacksWithTensors).subtracting(keys).sorted()
        if !left.isEmpty {
            console.warn("the checkpoint has states that no callback takes: \(left.joined(separator: ", "))")
        }
    }

    /// Callbacks under the names of their states: the second of a kind gets a number.
    private var keyedCallbacks: [(key: String, callback: any Callback)] {
        var counts: [String: Int] = [:]
        return callbacks.map { callback in
            let count = counts[callback.stateKey, default: 0]
            counts[callback.stateKey] = count + 1
            return (count == 0 ? callback.stateKey : "\(callback.stateKey).\(count)", callback)
        }
    }
}
