// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// How a fit ended, for programs.
enum FitJSON {
    static func text(_ result: FitResult) -> String {
        let (ending, detail) =
            switch result.ending {
            case .limit(let limit): ("limit", limit)
            case .stopped(let reason): ("stopped", reason)
            case .interrupted(let signal): ("interrupted", "signal \(signal)")
            }
        let metrics = result.metrics.map { (key: $0.name, value: JSON.number($0.value)) }
        return JSON.object([
            ("ending", .text(ending)), ("detail", .text(detail)), ("epochs", .integer(result.epochs)),
            ("steps", .integer(result.steps)), ("seconds", .number(result.seconds)), ("metrics", .object(metrics)),
            ("run", .optional(result.directory)),
        ]).text
    }
}
