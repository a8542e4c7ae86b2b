// SPDX-License-Identifier: Apache-2.0

/// What a trial came to: one line of `tune.jsonl`.
struct TrialRecord {
    /// The changes that it made, in the order of the choices.
    let overrides: [String]
    /// The best value of the figure; nil when no epoch had one that is a number.
    let figure: Double?
    /// The epoch of it, from 1.
    let epoch: Int?
    let epochs: Int
    let seconds: Double
    /// The run's folder.
    let run: String?
    /// Why it failed; nil when it did not.
    let error: String?

    /// The record as JSON; `recipe` tells searches apart.
    func json(recipe: String) -> JSON {
        .object([
            ("recipe", .text(recipe)), ("overrides", .list(overrides.map { .text($0) })),
            ("figure", .optional(figure)), ("epoch", .optional(epoch)), ("epochs", .integer(epochs)),
            ("seconds", .number(seconds)), ("run", .optional(run)), ("error", .optional(error)),
        ])
    }
}

extension TrialRecord {
    /// The record of a line, or nil when it is none of this recipe's that was finished.
    init?(_ line: String, recipe: String) {
        // A line that was being written when the machine went down is no record.
        guard let json = try? JSON(reading: line), json["recipe"]?.string == recipe, json["error"]?.string == nil else {
            return nil
        }
        overrides = json["overrides"]?.items.compactMap(\.string) ?? []
        figure = json["figure"]?.double
        epoch = json["epoch"]?.int
        epochs = json["epochs"]?.int ?? 0
        seconds = json["seconds"]?.double ?? 0
        run = json["run"]?.string
        error = nil
    }
}
