// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations
internal import KindlingIO

/// A row for each epoch in the run folder's `metrics.csv`: epoch, step, seconds, learning rate, then every metric.
///
/// The file is whole after every row. When a run is resumed, rows of epochs that are run again are dropped first.
public final class CSVLogger: Logger {
    private let fileName: String
    private var columns: [String] = ["epoch", "step", "seconds", "learning_rate"]
    private var rows: [[String: String]] = []

    /// A logger.
    /// - Parameter fileName: The file in the run folder.
    public init(fileName: String = "metrics.csv") { self.fileName = fileName }

    /// Reads the rows of epochs that a resumed run has behind it.
    public func started(_ run: any RunControl) throws {
        guard run.progress.epoch > 0 else { return }  // A new run has no rows.
        guard let text = try readText("\(run.directory())/\(fileName)") else { return }  // None were written.
        let lines = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = lines.first else { return }  // An empty file says nothing.
        columns = header
        rows = lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
            .filter { Int($0["epoch"] ?? "").map { $0 <= run.progress.epoch } ?? false }
    }

    /// Adds a row.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        var row = [
            "epoch": String(epoch.epoch + 1), "step": String(epoch.step),
            "seconds": String(Float(epoch.seconds)), "learning_rate": String(Float(epoch.learningRate)),
        ]
        for (name, value) in epoch.metrics {
            row[name] = String(Float(value))
            if !columns.contains(name) { columns.append(name) }
        }
        rows.append(row)
        let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
        let text = lines.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
        try AtomicFile.write(Array(text.utf8), to: "\(run.directory())/\(fileName)")
    }

    static let component = Component<any Logger>(
        "CSV", "A row for each epoch in the run folder's metrics.csv.",
        Field("fileName", default: "metrics.csv", "The file in the run folder.")
    ) { fileName in CSVLogger(fileName: fileName) }
}

/// The text of a small file, or nil when there is none.
func readText(_ path: String) throws -> String? {
    guard let file = fopen(path, "r") else {
        if errno == ENOENT { return nil }
        throw TrainingError(.badFolder, "'\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { break }
        bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}
