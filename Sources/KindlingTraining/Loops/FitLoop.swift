// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingOptim

/// Epoch after epoch: training, validation, epoch end, until the limit or somebody says stop.
///
/// A run that ends within an epoch leaves it open: it is validated once more, nothing of it is counted, and a resumed
/// run goes on with its next batch.
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
        run.logbook.started(run)
        let result: FitResult
        do {
            try await checkSanity()
            result = try await train()
        } catch {
            run.logbook.finished(.failed(error), run)
            throw error
        }
        run.logbook.finished(.ended(result), run)
        // The folder may have been made for the last hook's file.
        return result.with(directory: run.existingDirectory)
    }

    /// A few validation batches before anything is learned: what fails there would else fail after an epoch's work.
    ///
    /// Its figures are told to callbacks and kept nowhere; it changes no weight and draws nothing that a step draws.
    private func checkSanity() async throws {
        let count = run.options.sanityBatches
        guard count > 0, run.progress.step == 0, let loader = run.validationLoader else {
            return  // Not wanted, done by the run that is resumed, or nothing to look at.
        }
        for callback in run.callbacks { try await callback.sanityCheckStarted(run) }
        // A signal that comes meanwhile is seen after the first step.
        let loop = EvaluationLoop(run: run, stage: .validation, callbacks: [], batchLimit: count)
        let result = try await loop.run(loader)
        for callback in run.callbacks { try await callback.sanityCheckEnded(result, run) }
        run.stage = .training
    }

    private func train() async throws -> FitResult {
        var history: [EpochResult] = []
        var ending: FitResult.Ending?
        while ending == nil, !run.limit.isReached(by: run.progress) {
            // Hooks may have changed the loader.
            guard let loader = run.splits.training else { break }  // Seen above: there is one.
            let start = ContinuousClock.now
            ending = try await TrainingEpoch(run: run, loader: loader, interruption: interruption).run()
            if case .interrupted = ending { break }
            do { _ = try await run.validate(until: interruption) } catch let interrupted as EvaluationLoop.Interrupted {
                // Every batch is learned from, nothing is logged yet: a resumed run validates again.
                ending = .interrupted(signal: interrupted.signal)
                break
            }
            guard run.progress.batch == loader.batchCount else { break }  // The epoch stays open.
            history.append(try await endEpoch(started: start))
            ending = run.ending(interruption)
        }
        let result = FitResult(
            ending: ending ?? .limit(run.limit.description), epochs: run.progress.epoch, steps: run.progress.step,
            metrics: run.progress.batch > 0 ? try figures() : history.last?.metrics ?? MetricValues(),
            history: history, directory: run.existingDirectory, seconds: run.seconds)
        for callback in run.callbacks { try await callback.fitEnded(result, run) }
        return result
    }

    /// What training and validation of the current epoch have come to.
    private func figures() throws -> MetricValues { try run.trainingMeans.figures().merging(run.epochValues) }

    private func endEpoch(started: ContinuousClock.Instant) async throws -> EpochResult {
        let result = EpochResult(
            epoch: run.progress.epoch, step: run.progress.step, learningRate: run.learningRate,
            metrics: try figures(), seconds: (ContinuousClock.now - started).seconds, samples: run.progress.samples)
        for scheduled in run.scheduled { try scheduled.followMetrics(of: result) }
        // Counters first, so that a checkpoint written by a hook stands at the beginning of the next epoch.
        run.progress.epoch += 1
        run.progress.batch = 0
        run.accumulation = run.wantedAccumulation
        run.logbook.log(result, run)
        // One that fails ends the run, but keeps no other from its epoch: weights are saved all the same.
        var failure: (any Error)?
        for callback in run.callbacks {
            do { try await callback.epochEnded(result, run) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return result
    }
}

extension Run {
    /// Why the run ends now, or nil when it goes on.
    func ending(_ interruption: Interruption?) -> FitResult.Ending? {
        if let stopReason { return .stopped(stopReason) }
        if limit.isReached(by: progress) { return .limit(limit.description) }
        return interruption?.signalReceived.map { .interrupted(signal: $0) }
    }
}

extension FitResult {
    func with(directory: String?) -> FitResult {
        FitResult(
            ending: ending, epochs: epochs, steps: steps, metrics: metrics, history: history, directory: directory,
            seconds: seconds)
    }
}

extension Duration {
    /// The length in seconds.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
