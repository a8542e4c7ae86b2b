// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A row for each epoch in the run folder's `metrics.csv`: epoch, step, seconds, learning rate, then every metric.
///
/// Steps that are logged have rows in a file of their own, `metrics_steps.csv`, with the samples learned from besides.
/// There is one header, whenever a metric is first logged: one that comes later gets a column whose cells above are
/// empty. When a run is resumed, rows of what is run again are dropped first.
public final class CSVLogger: Logger {
    private let fileName: String
    private var epochs = GrowingTable(["epoch", "step", "seconds", "learning_rate"])
    private var steps = GrowingTable(["epoch", "step", "samples", "seconds", "learning_rate"])

    /// A logger.
    /// - Parameter fileName: The epochs' file in the run folder; the steps' has `_steps` in its name besides.
    public init(fileName: String = "metrics.csv") { self.fileName = fileName }

    /// Drops the rows that a run which goes on from here will write again.
    public func started(_ run: any RunControl) throws {
        let progress = run.progress
        try epochs.open(file(run)) { $0.first.flatMap { Int($0) }.map { $0 <= progress.epoch } ?? false }
        try steps.open(stepsFile(run)) { $0.dropFirst().first.flatMap { Int($0) }.map { $0 <= progress.step } ?? false }
    }

    /// Adds a row to the epochs' file.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        let row = [
            ("epoch", String(epoch.epoch + 1)), ("step", String(epoch.step)),
            ("seconds", String(Float(epoch.seconds))), ("learning_rate", String(Float(epoch.learningRate))),
        ]
        try epochs.add(row + cells(epoch.metrics), to: file(run))
    }

    /// Adds a row to the steps' file.
    public func log(_ step: StepFigures, _ run: any RunControl) throws {
        let row = [
            ("epoch", String(step.epoch + 1)), ("step", String(step.step)), ("samples", String(step.samples)),
            ("seconds", String(Float(step.seconds))), ("learning_rate", String(Float(step.learningRate))),
        ]
        try steps.add(row + cells(step.metrics), to: stepsFile(run))
    }

    private func cells(_ metrics: MetricValues) -> [(String, String)] {
        metrics.map { ($0.name, String(Float($0.value))) }
    }

    private func file(_ run: any RunControl) throws -> LineFile { LineFile(path: "\(try run.directory())/\(fileName)") }

    private func stepsFile(_ run: any RunControl) throws -> LineFile {
        let stem = fileName.hasSuffix(".csv") ? String(fileName.dropLast(4)) : fileName
        return LineFile(path: "\(try run.directory())/\(stem)_steps.csv")
    }

    static let component = Component<any Logger>(
        "CSV", "A row for each epoch in the run folder's metrics.csv.",
        Field(
            "fileName", default: "metrics.csv", "The epochs' file in the run folder; the steps' has _steps in its name."
        )
    ) { fileName in CSVLogger(fileName: fileName) }
}
