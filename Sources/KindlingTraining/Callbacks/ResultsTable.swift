// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Prints what a run came to: every figure of the last epoch, why it ended, and where its files are.
public final class ResultsTable: Callback {
    private let console: Console

    /// A table.
    public init(console: Console = .standard) { self.console = console }

    /// Last: it names files that others have written.
    public var band: CallbackBand { .reporting }

    /// Prints.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        console.print(ResultsTable.text(result))
    }

    static func text(_ result: FitResult) -> String {
        let hasValidation = result.metrics.names.contains { $0.hasPrefix("val_") }
        var table = Table(
            hasValidation ? ["Metric", "Training", "Validation"] : ["Metric", "Training"], right: [1, 2])
        var shown: Set<String> = []
        for name in result.metrics.names {
            let base = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
            guard shown.insert(base).inserted else { continue }  // Its row is there already.
            let cells = [base, "val_" + base].map { result.metrics[$0].map(readable) ?? "" }
            table.add(hasValidation ? [base] + cells : [base, cells[0]])
        }
        let reason: String
        switch result.ending {
        case .limit(let limit): reason = "reached its limit of \(limit)"
        case .stopped(let why): reason = "stopped: \(why)"
        case .interrupted(let signal): reason = "was interrupted by signal \(signal)"
        }
        let epochs = "\(result.epochs) epoch\(result.epochs == 1 ? "" : "s")"
        let place = result.directory.map { "\nFiles: \($0)" } ?? ""
        let figures = shown.isEmpty ? "" : "\(table.text)\n"
        return "\(figures)The run \(reason), after \(epochs), \(grouped(result.steps)) steps, "
            + "\(readable(result.seconds)) s.\(place)"
    }

    static let component = Component<any Callback>("ResultsTable", "Prints what the run came to.") { ResultsTable() }
}
