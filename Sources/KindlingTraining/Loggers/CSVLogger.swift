// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A row for each epoch in the run folder's `metrics.csv`: epoch, step, seconds, learning rate, then every metric.
///
/// There is one header, whenever a metric is first logged: one that comes later gets a column whose cells above are
/// empty. When a run is resumed, rows of epochs that are run again are dropped first.
public final class CSVLogger: Logger {
    private let fileName: String
    private var columns = CSVLogger.firstColumns

    private static let firstColumns = ["epoch", "step", "seconds", "learning_rate"]

    /// A logger.
    /// - Parameter fileName: The file in the run folder.
    public init(fileName: String = "metrics.csv") { self.fileName = fileName }

    /// Drops the rows that a run which goes on from here will write again.
    public func started(_ run: any RunControl) throws {
        columns = CSVLogger.firstColumns
        let file = try file(run)
        guard let header = try file.lines().first else { return }  // None were written yet.
        columns = CSVText.cells(header)
        let epoch = run.progress.epoch
        try file.keep { line in
            line == header || CSVText.cells(line).first.flatMap { Int($0) }.map { $0 <= epoch } ?? false
        }
    }

    /// Adds a row.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        var row = [
            "epoch": String(epoch.epoch + 1), "step": String(epoch.step),
            "seconds": String(Float(epoch.seconds)), "learning_rate": String(Float(epoch.learningRate)),
        ]
        for (name, value) in epoch.metrics { row[name] = String(Float(value)) }
        try write(row, newColumns: epoch.metrics.names.filter { !columns.contains($0) }, to: file(run))
    }

    private func write(_ row: [String: String], newColumns: [String], to file: LineFile) throws {
        let all = columns + newColumns
        let line = CSVText.row(all.map { row[$0] ?? "" })
        let rows = newColumns.isEmpty ? [] : try file.lines().dropFirst()
        if newColumns.isEmpty {
            try file.append([line])
        } else {
            let cells = String(repeating: ",", count: newColumns.count)
            try file.replace(with: [CSVText.row(all)] + rows.map { $0 + cells } + [line])
        }
        columns = all
    }

    private func file(_ run: any RunControl) throws -> LineFile { LineFile(path: "\(try run.directory())/\(fileName)") }

    static let component = Component<any Logger>(
        "CSV", "A row for each epoch in the run folder's metrics.csv.",
        Field("fileName", default: "metrics.csv", "The file in the run folder.")
    ) { fileName in CSVLogger(fileName: fileName) }
}
