// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct RunsPlot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot", abstract: "Draw figures over the epochs, in the terminal or as SVG.",
        discussion: """
            kindling runs plot loss val_loss --runs iris
            kindling runs plot val_accuracy --runs mnist mnist_cnn --output accuracy.svg
            """)

    @Argument(help: "Figures: loss, val_loss, val_accuracy.")
    var metrics: [String]

    @Option(parsing: .upToNextOption, help: "Runs: folders, names, NAME/DATE; the newest of every name unless given.")
    var runs: [String] = []

    @OptionGroup var arguments: RunsArguments

    @Option(name: [.short, .long], help: "An SVG file to write instead; - for standard output.")
    var output: String?

    @Flag(help: "A logarithmic scale; values that are not above zero are left out.")
    var log = false

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @Flag(help: "Print the points as JSON.")
    var json = false

    func run() throws {
        if let output, output != "-" {
            try PredictionFile.checkFolder(of: output)
            guard output.hasSuffix(".svg") else {
                throw UsageError(what: "'\(output)' is to be no SVG", remedy: "give a name that ends in .svg")
            }
            guard force || Files.kind(output) == nil else {
                throw UsageError(what: "'\(output)' is there already", remedy: "choose another name, or --force")
            }
        }
        let curves = try curves()
        if json {
            Session.print(JSON.list(curves.map(\.json)).text)
        } else if let output {
            let plot = SVGPlot(curves, isLogarithmic: log).text
            if output == "-" {
                Session.output(plot)
            } else {
                try AtomicFile.write(Array(plot.utf8), to: output)
                Session.console.print("\(curves.count) curve\(curves.count == 1 ? "" : "s") in \(output)")
            }
        } else {
            let width = max(40, min(Session.console.width, 120))
            Session.print(TerminalPlot(curves, isLogarithmic: log, width: width, inColor: Session.isColored).text)
        }
    }

    private func curves() throws -> [Curve] {
        let library = arguments.library
        let found = try runs.isEmpty ? newest(library) : runs.map { try library.find($0) }
        guard !found.isEmpty else {
            throw UsageError(
                what: "there are no runs under '\(library.base)'",
                remedy: "train one with 'kindling fit', or say where they are with --run-dir")
        }
        let known = RunTable.figureNames(found)
        for metric in metrics { try RunTable.check(metric, known) }
        let curves = found.flatMap { run in
            metrics.compactMap { metric -> Curve? in
                guard let figure = run[metric] else { return nil }
                let points = figure.points.filter { $0.value.isFinite && (!log || $0.value > 0) }
                let label = found.count == 1 ? metric : metrics.count == 1 ? run.name : "\(run.name) \(metric)"
                return points.isEmpty ? nil : Curve(label: label, points: points)
            }
        }
        guard !curves.isEmpty else {
            throw UsageError(
                what:
                    "there is nothing to draw: no value of \(metrics.joined(separator: ", ")) is \(log ? "above zero" : "a number")",
                remedy: "choose other figures\(log ? ", or leave out --log" : "")")
        }
        return curves
    }

    private func newest(_ library: RunLibrary) throws -> [RunRecord] {
        var seen: Set<String> = []
        return try library.folders().filter { folder in
            seen.insert(folder.split(separator: "/").dropLast().joined(separator: "/")).inserted
        }.map { try RunRecord($0) }
    }
}
