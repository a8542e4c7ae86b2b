// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Runs as rows, figures as columns.
struct RunTable {
    private let runs: [RunRecord]
    private let figures: [String]

    init(_ runs: [RunRecord], _ figures: [String]) {
        self.runs = runs
        self.figures = figures
    }

    var text: String {
        let titles = figures.flatMap { ["\($0) best", "last"] }
        var table = Table(["Run", "Epochs", "Time"] + titles + ["Checkpoints"], right: Set(1..<3 + titles.count))
        for run in runs {
            let cells = figures.flatMap { name -> [String] in
                let figure = run[name]
                let best = figure?.best.map { "\(readable($0.value)) (\(Int($0.epoch)))" }
                return [best ?? "", figure?.last.map { readable($0.value) } ?? ""]
            }
            let row = [run.name, String(run.epochs), run.seconds > 0 ? "\(readable(run.seconds)) s" : ""]
            table.add(row + cells + [run.checkpoints.joined(separator: ", ")])
        }
        return table.text
    }

    /// The names of all figures, in the order in which they are met.
    static func figureNames(_ runs: [RunRecord]) -> [String] {
        var seen: Set<String> = []
        return runs.flatMap(\.figures).map(\.name).filter { seen.insert($0).inserted }
    }

    /// The figures to show when nobody asks for others: two of the validation, else of the training.
    static func mainFigures(_ runs: [RunRecord]) -> [String] {
        let names = figureNames(runs).filter { $0 != "learning_rate" }
        let validation = names.filter { $0.hasPrefix("val_") }
        return Array((validation.isEmpty ? names : validation).prefix(2))
    }

    /// Refuses a figure that no run has.
    static func check(_ name: String, _ known: [String]) throws {
        guard !known.contains(name) else { return }
        let nearest = nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
        throw UsageError(
            what: "no run has the figure '\(name)'",
            remedy: nearest ?? (known.isEmpty ? "no figures were kept" : "there are: \(known.joined(separator: ", "))"))
    }
}

extension RunRecord {
    /// Everything but the single epochs.
    var json: JSON {
        .object([
            ("run", .text(path)), ("name", .text(name)), ("epochs", .integer(epochs)), ("seconds", .number(seconds)),
            ("figures", .object(figures.map { ($0.name, $0.json) })),
            ("checkpoints", .list(checkpoints.map { .text($0) })),
        ])
    }
}

extension RunRecord.Figure {
    /// The best and the last value.
    fileprivate var json: JSON {
        .object([
            ("best", .optional(best?.value)), ("best_epoch", .optional(best.map { Int($0.epoch) })),
            ("last", .optional(last?.value)),
        ])
    }
}
