// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import KindlingDeclarations

/// A JSON object a line in the run folder's `metrics.jsonl`, for programs to read.
///
///     {"event": "step", "epoch": 1, "step": 50, "samples": 800, "seconds": 0.1, "learning_rate": 0.01, "metrics": {"loss": 1}}
///     {"event": "epoch", "epoch": 1, "step": 80, "samples": 1280, "seconds": 0.2, "learning_rate": 0.01, "metrics": {…}}
///     {"event": "text", "epoch": 1, "step": 80, "name": "notes", "text": "…"}
///     {"event": "table", "epoch": 1, "step": 80, "name": "confusion_matrix", "rows": […], "columns": […], "values": [[…]]}
///     {"event": "end", "epoch": 1, "step": 80, "outcome": "limit", "reason": "1 epoch"}
///
/// Epochs count from 1. Numbers have every digit; those that JSON has no word for are the texts `"nan"`, `"inf"` and
/// `"-inf"`. An outcome is `limit`, `stopped`, `interrupted` or `failed`. When a run is resumed, lines of what is run again
/// are dropped first.
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
            switch head.event {
            case "end": return false
            case "step": return head.step <= progress.step
            // In an epoch that is not over, what comes after its last step will be logged again.
            default: return head.step < progress.step || head.step == progress.step && head.epoch <= progress.epoch
            }
        }
    }

    /// Adds a line.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        let members = figures(epoch.samples, epoch.seconds, epoch.learningRate, epoch.metrics)
        try write("epoch", epoch.epoch + 1, epoch.step, members, run)
    }

    /// Adds a line.
    public func log(_ step: StepFigures, _ run: any RunControl) throws {
        let members = figures(step.samples, step.seconds, step.learningRate, step.metrics)
        try write("step", step.epoch + 1, step.step, members, run)
    }

    /// Adds a line for a text or a table; pictures and distributions are none.
    public func log(_ attachment: Attachment, _ run: any RunControl) throws {
        let name = ("name", JSONText.string(attachment.name))
        let (epoch, step) = (run.progress.epoch + 1, run.progress.step)
        switch attachment.content {
        case .text(let text): try write("text", epoch, step, [name, ("text", JSONText.string(text))], run)
        case .table(let rows, let columns, let values):
            try write(
                "table", epoch, step,
                [
                    name, ("rows", JSONText.list(rows.map(JSONText.string))),
                    ("columns", JSONText.list(columns.map(JSONText.string))),
                    ("values", JSONText.list(values.map { JSONText.list($0.map(JSONText.number)) })),
                ], run)
        case .picture, .distribution: break
        }
    }

    /// Adds a line that says how the run ended.
    public func finished(_ outcome: RunOutcome, _ run: any RunControl) throws {
        let (word, reason) =
            switch outcome {
            case .failed(let error): ("failed", "\(error)")
            case .ended(let result):
                switch result.ending {
                case .limit(let limit): ("limit", limit)
                case .stopped(let why): ("stopped", why)
                case .interrupted(let signal): ("interrupted", "signal \(signal)")
                }
            }
        try write(
            "end", run.progress.epoch, run.progress.step,
            [("outcome", JSONText.string(word)), ("reason", JSONText.string(reason))], run)
    }

    private func write(
        _ event: String, _ epoch: Int, _ step: Int, _ members: [(String, String)], _ run: any RunControl
    ) throws {
        let head = [("event", JSONText.string(event)), ("epoch", String(epoch)), ("step", String(step))]
        try file(run).append([JSONText.object(head + members)])
    }

    private func figures(
        _ samples: Int, _ seconds: Double, _ learningRate: Double, _ metrics: MetricValues
    ) -> [(name: String, value: String)] {
        [
            ("samples", String(samples)), ("seconds", JSONText.number(seconds)),
            ("learning_rate", JSONText.number(learningRate)), ("metrics", self.metrics(metrics)),
        ]
    }

    private func metrics(_ values: MetricValues) -> String {
        JSONText.object(values.map { ($0.name, JSONText.number($0.value)) })
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
