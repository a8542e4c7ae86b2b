// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Tune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try the values that a recipe leaves open, and say which are best.",
        discussion: """
            kindling tune recipes/iris.yaml 'optimizer.learning_rate=${choice:1e-3,1e-2}' trainer.max_epochs=10
            kindling tune recipes/iris.yaml 'optimizer.learning_rate="${range: 1e-4, 1e-1, log}"' --trials 8

            A value is left open as "${choice: a, b, c}", "${range: 1, 8}" or "${range: 1e-4, 1e-1, log}"; the numbers
            of a range are whole when both ends are. Every combination is tried, ranges at --points places; with
            --trials so many combinations are drawn. Each trial is a run of its own under RUN-DIR/NAME-tune, where
            tune.jsonl remembers it: the same command goes on where it was ended.
            """)

    @OptionGroup var arguments: RecipeArguments

    @Option(help: "The figure to go by; val_loss, or loss where nothing is validated, unless given.")
    var monitor: String?

    @Option(help: "Which way is better: min, max; by the figure's name unless given.")
    var mode: String?

    @Option(help: "At how many places of a range to look.")
    var points: Int = 5

    @Option(help: "Draw so many combinations instead of trying all.")
    var trials: Int?

    @Option(help: "What the draws follow from.")
    var searchSeed: UInt64 = 0

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard points >= 1 else { throw ValidationError("'--points' is \(points); give 1 or more.") }
        if let trials, !(1...SearchPlan.limit).contains(trials) {
            throw ValidationError("'--trials' is \(trials); give 1 to \(SearchPlan.limit).")
        }
        if let mode, MonitorMode(rawValue: mode) == nil {
            throw ValidationError("'--mode' is '\(mode)'; give min or max.")
        }
    }

    func run() async throws {
        let loading = try arguments.place.loading(arguments.changes)
        guard let open = loading.unresolved else {
            throw RecipeError(problems: loading.problems, sources: loading.sources)
        }
        let choices = try RecipeChoice.all(in: open, sources: loading.sources)
        guard !choices.isEmpty else {
            throw UsageError(
                what: "'\(arguments.recipe)' leaves nothing open",
                remedy: "write \"${choice: 1e-3, 1e-2}\" or \"${range: 1e-4, 1e-1, log}\" in the place of a value")
        }
        let plan =
            try trials.map { SearchPlan(random: choices, count: $0, seed: searchSeed) }
            ?? SearchPlan(grid: choices, points: points)
        // What cannot be made is found before the first trial, not in the night.
        var name = ""
        for trial in plan.trials {
            name = arguments.runName(try arguments.load(plan.overrides(trial)).experiment) + "-tune"
        }
        let folder = "\(arguments.runDir)/\(RunDirectory.folderName(for: name))"
        var log = try TrialLog(path: "\(folder)/tune.jsonl", recipe: open.yamlText + (monitor ?? ""))
        let records = try await run(plan, name, &log)
        let figure = monitor ?? Tune.defaultMonitor(records)
        let table = TrialTable(
            records.map(\.record), monitor: figure, isHigherBetter: isHigherBetter(figure), choices: choices)
        Session.print(json ? table.json.text : table.text)
        guard let best = table.ranked.first, best.figure != nil else {
            throw UsageError(
                what: "no trial has the figure '\(figure)'", remedy: "name one that the recipe logs: --monitor")
        }
        let changes = best.overrides.map { "'\($0)'" }.joined(separator: " ")
        arguments.console.print("The best: kindling fit \(arguments.recipe) \(changes)")
    }

    private func run(_ plan: SearchPlan, _ name: String, _ log: inout TrialLog) async throws -> [(
        record: TrialRecord, monitor: String
    )] {
        let interruption = Interruption.onSignals()
        var records: [(record: TrialRecord, monitor: String)] = []
        let known = plan.trials.count { log.record(of: plan.overrides($0)) != nil }
        if known > 0 { arguments.console.print("\(known) of \(plan.trials.count) trials are known from \(log.path)") }
        for (index, trial) in plan.trials.enumerated() {
            let overrides = plan.overrides(trial)
            if let record = log.record(of: overrides) {
                records.append((record, monitor ?? "val_loss"))
                continue
            }
            let (record, figure) = try await Trial(arguments, overrides, name, monitor, interruption) {
                isHigherBetter($0)
            }.run()
            // What fails at once fails every time: data that are not there, a folder that cannot be made.
            if let error = record.error, records.isEmpty {
                throw TrialFailure(description: "the first trial failed: \(error)")
            }
            try log.add(record)
            records.append((record, figure))
            let outcome = record.error ?? "\(figure) \(record.figure.map(readable) ?? "–")"
            let place = "trial \(index + 1) of \(plan.trials.count)"
            arguments.console.print(
                "\(place): \(overrides.joined(separator: " "))  \(outcome), \(readable(record.seconds)) s")
        }
        return records
    }

    private static func defaultMonitor(_ records: [(record: TrialRecord, monitor: String)]) -> String {
        records.last?.monitor ?? "val_loss"
    }

    private func isHigherBetter(_ figure: String) -> Bool {
        mode.map { $0 == "max" } ?? RunRecord.Figure.isHigherBetter(figure)
    }
}
