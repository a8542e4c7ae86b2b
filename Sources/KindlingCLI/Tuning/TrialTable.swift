// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// The trials of a search, the best first.
struct TrialTable {
    let monitor: String
    let choices: [RecipeChoice]
    let ranked: [TrialRecord]

    init(_ records: [TrialRecord], monitor: String, isHigherBetter: Bool, choices: [RecipeChoice]) {
        self.monitor = monitor
        self.choices = choices
        let sign = isHigherBetter ? -1.0 : 1
        ranked = records.enumerated().sorted { left, right in
            let (a, b) = (
                left.element.figure.map { sign * $0 } ?? .infinity, right.element.figure.map { sign * $0 } ?? .infinity
            )
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }

    var text: String {
        let keys = choices.map(\.path)
        var table = Table(keys + [monitor, "Epoch", "Time", "Run"], right: Set(keys.count..<keys.count + 3))
        for record in ranked {
            let values = zip(choices, record.overrides).map { String($1.dropFirst($0.path.count + 1)) }
            let end = record.error.map { "failed: \($0.prefix { !$0.isNewline })" } ?? record.run ?? ""
            let figure = record.figure.map(readable) ?? "–"
            table.add(values + [figure, record.epoch.map(String.init) ?? "", "\(readable(record.seconds)) s", end])
        }
        return table.text
    }

    var json: JSON {
        let rows = ranked.map { record -> JSON in
            let values = zip(choices, record.overrides).map { choice, text in
                (key: choice.path, value: JSON.text(String(text.dropFirst(choice.path.count + 1))))
            }
            return .object([
                ("values", .object(values)), ("figure", .optional(record.figure)), ("epoch", .optional(record.epoch)),
                ("epochs", .integer(record.epochs)), ("seconds", .number(record.seconds)),
                ("run", .optional(record.run)), ("error", .optional(record.error)),
            ])
        }
        return .object([("monitor", .text(monitor)), ("trials", .list(rows))])
    }
}
