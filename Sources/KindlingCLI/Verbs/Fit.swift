// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Fit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model as a recipe says.",
        discussion: """
            kindling fit recipes/iris.yaml
            kindling fit recipes/iris.yaml trainer.max_epochs=3
            kindling fit recipes/iris.yaml --resume last trainer.max_epochs=200

            Ctrl-C ends the run in order, with a checkpoint; --resume last goes on from it.
            """)

    @OptionGroup var arguments: RecipeArguments

    @Option(help: "Go on from a checkpoint: last, best, or a path.")
    var resume: String?

    @Flag(help: "Show the run on the terminal's full screen: curves, time left; q stops and saves, s saves now.")
    var ui = false

    @Flag(inversion: .prefixedNo, help: "Write report.html into the run folder.")
    var report = true

    @Flag(help: "Measure hooks, modules and operations: tables and a trace go into the run folder.")
    var profiler = false

    @Flag(help: "Print how it ended and the last figures as JSON.")
    var json = false

    func run() async throws {
        guard arguments.place.kind != .checkpoint else {
            throw UsageError(
                what: "'\(arguments.recipe)' is a checkpoint, not a recipe",
                remedy: "to go on from it: kindling fit RECIPE --resume \(arguments.recipe)")
        }
        let (recipe, experiment) = try arguments.load()
        var options = try arguments.options(experiment, recipe: recipe)
        if profiler { options.profiler = .simple }
        var checkpoint: Checkpoint?
        if let resume {
            let folders = RunFolders(base: arguments.runDir, name: arguments.runName(experiment))
            let path = try folders.checkpoint(resume)
            checkpoint = try Checkpoint(path: path)
            if let directory = RunFolders.directory(of: path) { options.runDirectory = .existing(directory) }
        }
        let interruption = Interruption.onSignals()
        let trainer = Trainer(
            limit: options.limit, callbacks: callbacks(experiment, interruption), loggers: loggers(experiment),
            options: options, interruption: interruption)
        let result = try await trainer.fit(experiment.module, data: experiment.data, resumingFrom: checkpoint)
        if json { Session.print(FitJSON.text(result)) }
        if case .interrupted(let signal) = result.ending {
            let folder = result.directory.map { " in \($0)" } ?? ""
            arguments.console.print("Interrupted; everything is saved\(folder). Go on with --resume last.")
            throw Failure.Interrupted(signal: signal)
        }
    }

    /// The recipe's callbacks, and what every run has unless the recipe says it itself.
    private func callbacks(_ experiment: Experiment, _ interruption: Interruption) -> [any Callback] {
        var all: [any Callback] = []
        func add(_ callback: any Callback) {
            let isThere = experiment.callbacks.contains { type(of: $0) == type(of: callback) }
            if !isThere { all.append(callback) }
        }
        add(ModelSummary(console: arguments.console))
        if ui {
            add(LiveView(console: arguments.console) { interruption.request() })
        } else {
            add(ProgressBar(console: arguments.console))
        }
        // A progress bar would draw into the full screen.
        all += experiment.callbacks.filter { !(ui && $0 is ProgressBar) }
        add(ModelCheckpoint())
        if report { add(Report()) }
        // The table comes last: it names files that others have written.
        add(ResultsTable(console: arguments.console))
        return all
    }

    private func loggers(_ experiment: Experiment) -> [any Logger] {
        experiment.loggers.isEmpty ? [CSVLogger()] : experiment.loggers
    }
}
