// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// One run of a search.
struct Trial {
    private let arguments: RecipeArguments
    private let overrides: [String]
    private let name: String
    private let monitor: String?
    private let interruption: Interruption
    private let isHigherBetter: (String) -> Bool

    init(
        _ arguments: RecipeArguments, _ overrides: [String], _ name: String, _ monitor: String?,
        _ interruption: Interruption, isHigherBetter: @escaping (String) -> Bool
    ) {
        self.arguments = arguments
        self.overrides = overrides
        self.name = name
        self.monitor = monitor
        self.interruption = interruption
        self.isHigherBetter = isHigherBetter
    }

    /// Trains, and gives what it came to and the figure that was gone by.
    /// - Throws: when the run was interrupted; a run that fails is a record.
    func run() async throws -> (record: TrialRecord, monitor: String) {
        let (recipe, experiment) = try arguments.load(overrides)
        var options = try arguments.options(experiment, recipe: recipe)
        options.runName = name
        options.console = .silent
        let began = ContinuousClock.now
        do {
            let trainer = Trainer(
                limit: options.limit, callbacks: callbacks(experiment),
                loggers: experiment.loggers.isEmpty ? [CSVLogger()] : experiment.loggers, options: options,
                interruption: interruption)
            let result = try await trainer.fit(experiment.module, data: experiment.data)
            if case .interrupted(let signal) = result.ending {
                arguments.console.print("Interrupted; the same command goes on with the trials that are left.")
                throw Failure.Interrupted(signal: signal)
            }
            return record(of: result)
        } catch let interrupted as Failure.Interrupted { throw interrupted } catch {
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            let record = TrialRecord(
                overrides: overrides, figure: nil, epoch: nil, epochs: 0, seconds: seconds, run: nil, error: "\(error)")
            return (record, monitor ?? "val_loss")
        }
    }

    private func record(of result: FitResult) -> (record: TrialRecord, monitor: String) {
        let figure = monitor ?? (result.metrics["val_loss"] == nil ? "loss" : "val_loss")
        let values = result.history.compactMap { epoch in
            epoch.metrics[figure].flatMap { $0.isNaN ? nil : (epoch: epoch.epoch + 1, value: $0) }
        }
        let best =
            isHigherBetter(figure) ? values.max { $0.value < $1.value } : values.min { $0.value < $1.value }
        let record = TrialRecord(
            overrides: overrides, figure: best?.value, epoch: best?.epoch, epochs: result.epochs,
            seconds: result.seconds, run: result.directory, error: nil)
        return (record, figure)
    }

    /// The recipe's callbacks but those that show the run; and the keeper of its weights.
    private func callbacks(_ experiment: Experiment) -> [any Callback] {
        let kept = experiment.callbacks.filter { callback in
            !(callback is ProgressBar || callback is LiveView || callback is ModelSummary || callback is ResultsTable)
        }
        let keeps = kept.contains { $0 is ModelCheckpoint }
        return keeps ? kept : kept + [ModelCheckpoint()]
    }
}

/// Why a search does not begin.
struct TrialFailure: Error, CustomStringConvertible {
    let description: String
}
