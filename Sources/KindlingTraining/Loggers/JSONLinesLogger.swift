// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import KindlingDeclarations

/// A JSON object a line in the run folder's `metrics.jsonl`, for programs to read.
///
///     {"event": "epoch", "epoch": 1, "step": 8, "seconds": 0.01, "learning_rate": 0.005, "metrics": {"loss": 1.02}}
///
/// Numbers have every digit; those that JSON has no word for are the texts `"nan"`, `"inf"` and `"-inf"`. When a run is
/// resumed, lines of what is run again are dropped first.
public final class JSONLinesLogger: Logger {
    private let fileName: String

    /// A logger.
    /// - Parameter fileName: The file in the run folder.
    public init(fileName: String = "metrics.jsonl") { self.fileName = fileName }

    /// Drops the lines that a run which goes on from here will write again.
    public func started(_ run: any RunControl) throws {
        let progress = run.progress
        try file(run).keep { line in
            // A line that cannot be read is not one of this logger's.
            guard let head = try? JSONDecoder().decode(Head.self, from: Data(line.utf8)) else { return false }
            return head.event == "epoch" ? head.epoch <= progress.epoch : head.step <= progress.step
        }
    }

    /// Adds a line.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        try file(run).append([
            JSONText.object([
                ("event", JSONText.string("epoch")), ("epoch", String(epoch.epoch + 1)), ("step", String(epoch.step)),
                ("seconds", JSONText.number(epoch.seconds)), ("learning_rate", JSONText.number(epoch.learningRate)),
                ("metrics", JSONText.object(epoch.metrics.map { ($0.name, JSONText.number($0.value)) })),
            ])
        ])
    }

    private func file(_ run: any RunControl) throws -> LineFile { LineFile(path: "\(try run.directory())/\(fileName)") }

    /// What tells where in a run a line belongs.
    private struct Head: Decodable {
        let event: String
        let epoch: Int
        let step: Int
    }

    static let component = Component<any Logger>(
        "JSONLines", "A JSON object a line in the run folder's metrics.jsonl.",
        Field("fileName", default: "metrics.jsonl", "The file in the run folder.")
    ) { fileName in JSONLinesLogger(fileName: fileName) }
}
