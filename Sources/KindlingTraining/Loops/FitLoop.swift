// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingOptim

/// Epoch after epoch: training, validation, epoch end, until the limit or somebody says stop.
struct FitLoop {
    let run: Run
    let interruption: Interruption?

    func run() async throws -> FitResult {
        guard let loader = run.splits.training, loader.batchCount > 0 else {
            throw TrainingError(
                .missingData,
                "there is nothing to learn from: the training split is \(run.splits.training == nil ? "missing" : "empty")",
                remedy: "give the data module a training split with at least one batch")
        }
        for callback in run.callbacks { try await callback.fitStarted(run) }
        tell { try $0.started(run) }
        let result: FitResult
        do { result = try await train(loader) } catch {
            tell { try $0.finished(run) }
            throw error
        }
        tell { try $0.finished(run) }
        // The folder may have been made for the last hook's file.
        return FitResult(
            ending: result.ending, epochs: result.epochs, steps: result.steps, metrics: result.metrics,
            history: result.history, directory: run.existingDirectory, seconds: result.seconds)
    }

    private func train(_ loader: DataLoader) async throws -> FitResult {
        let clock = ContinuousClock()
        let began = clock.now
        var history: [EpochResult] = []
        var ending = FitResult.Ending.limit(run.limit.description)
        while !run.limit.isReached(by: run.progress) {
            let start = clock.now
            if let signal = try await trainEpoch(loader) {
                ending = .interrupted(signal: signal)
                break
            }
            let finished = run.progress.batch >= loader.batchCount
            if !finished && run.stopReason == nil && !run.limit.isReached(by: run.progress) { break }
            do { try await validate() } catch let interrupted as EvaluationLoop.Interrupted {
                // Every batch is learned from, nothing is logged yet: a resumed run validates again.
                ending = .interrupted(signal: interrupted.signal)
                break
            }
            history.append(try await endEpoch(started: start, clock))
            if let reason = run.stopReason {
                ending = .stopped(reason)
                break
            }
            if let signal = interruption?.signalReceived, !run.limit.isReached(by: run.progress) {
                ending = .interrupted(signal: signal)
                break
            }
        }
        let result = FitResult(
            ending: ending, epochs: run.progress.epoch, steps: run.progress.step,
            metrics: try history.last?.metrics ?? run.trainingMeans.figures(), history: history,
            directory: run.existingDirectory, seconds: (clock.now - began).seconds)
        for callback in run.callbacks { try await callback.fitEnded(result, run) }
        return result
    }

    /// Learns from the batches of an epoch that are left.
    /// - Returns: The signal that ended it, or nil.
    private func trainEpoch(_ loader: DataLoader) async throws -> Int32? {
        run.stage = .training
        if run.progress.batch == 0 {
            run.trainingMeans.clear()
            run.epochValues = MetricValues()
            for callback in run.callbacks { try await callback.epochStarted(run) }
        }
        var batches = loader.batches(epoch: run.progress.epoch, seed: run.progress.seed, from: run.progress.batch)
        let step = TrainingStep(run: run, totalSteps: run.limit.totalSteps(stepsPerEpoch: loader.batchCount))
        while let batch = try batches.next() {
            try step.take(batch)
            let result = BatchResult(
                batchIndex: run.progress.batch - 1, batchCount: loader.batchCount, sampleCount: batch.count,
                metrics: try run.trainingMeans.shownFigures())
            for callback in run.callbacks { try await callback.batchEnded(result, run) }
            if let signal = interruption?.signalReceived { return signal }
            if run.stopReason != nil || run.limit.isReached(by: run.progress) { break }
        }
        return nil
    }

    private func validate() async throws {
        // Without a split there is nothing to look at.
        guard let loader = run.splits.validation, loader.batchCount > 0 else { return }
        let result = try await EvaluationLoop(run: run, stage: .validation, interruption: interruption).run(loader)
        run.epochValues = run.epochValues.merging(result.metrics)
        run.stage = .training
    }

    private func endEpoch(started: ContinuousClock.Instant, _ clock: ContinuousClock) async throws -> EpochResult {
        let result = EpochResult(
            epoch: run.progress.epoch, step: run.progress.step, learningRate: run.learningRate,
            metrics: try run.trainingMeans.figures().merging(run.epochValues), seconds: (clock.now - started).seconds)
        try run.followMetrics(of: result)
        // Counters first, so that a checkpoint written by a hook stands at the beginning of the next epoch.
        run.progress.epoch += 1
        run.progress.batch = 0
        tell { try $0.log(result, run) }
        // One that fails ends the run, but keeps no other from its epoch: weights are saved all the same.
        var failure: (any Error)?
        for callback in run.callbacks {
            do { try await callback.epochEnded(result, run) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return result
    }

    /// A logger that fails is told about, and the run goes on: figures can be computed again, weights cannot.
    private func tell(_ body: (any Logger) throws -> Void) {
        for logger in run.loggers {
            do { try body(logger) } catch { run.options.console.warn("\(type(of: logger)): \(error)") }
        }
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
