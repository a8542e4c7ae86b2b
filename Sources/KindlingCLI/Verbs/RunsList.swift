// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct RunsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List runs with their best and last figures.",
        discussion: """
            kindling runs ls
            kindling runs ls mnist --sort val_accuracy --metric val_accuracy --metric val_loss

            The best figure of a run has the epoch that it was reached in after it.
            """)

    @Argument(help: "Names of runs, or their beginnings; all when there are none.")
    var names: [String] = []

    @OptionGroup var arguments: RunsArguments

    @Option(help: "A figure to show, once for each; those of the validation unless given.")
    var metric: [String] = []

    @Option(help: "Order by name, epochs, seconds or a figure, the best first.")
    var sort: String = "name"

    @Option(help: "Show so many at most.")
    var limit: Int?

    @Flag(help: "The other way round.")
    var reverse = false

    @Flag(help: "Print JSON, with all figures.")
    var json = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("'--limit' is \(limit); give 1 or more.") }
    }

    func run() throws {
        let library = arguments.library
        let folders = library.folders().filter { folder in
            names.isEmpty || names.contains { folder.dropFirst(library.base.count + 1).hasPrefix($0) }
        }
        let found = try folders.map { try RunRecord($0) }
        let known = RunTable.figureNames(found)
        for name in metric where !found.isEmpty { try RunTable.check(name, known) }
        var runs = try sorted(found, known)
        if let limit { runs = Array(runs.prefix(limit)) }
        if json {
            Session.print(JSON.list(runs.map(\.json)).text)
        } else if runs.isEmpty {
            let which = names.isEmpty ? "no runs" : "no runs of '\(names.joined(separator: "', '"))'"
            Session.print("There are \(which) under '\(library.base)'.")
        } else {
            Session.print(RunTable(runs, metric.isEmpty ? RunTable.mainFigures(runs) : metric).text)
        }
    }

    private func sorted(_ runs: [RunRecord], _ known: [String]) throws -> [RunRecord] {
        guard !runs.isEmpty else { return runs }
        let ordered: [RunRecord]
        switch sort {
        case "name": ordered = runs
        case "epochs": ordered = runs.sorted { $0.epochs > $1.epochs }
        case "seconds": ordered = runs.sorted { $0.seconds < $1.seconds }
        default:
            try RunTable.check(sort, known + ["name", "epochs", "seconds"])
            let sign = RunRecord.Figure.isHigherBetter(sort) ? -1.0 : 1
            // Runs without the figure come last.
            func key(_ run: RunRecord) -> Double { run[sort]?.best.map { sign * $0.value } ?? .infinity }
            ordered = runs.sorted { key($0) < key($1) }
        }
        return reverse ? ordered.reversed() : ordered
    }
}
