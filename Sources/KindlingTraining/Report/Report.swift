// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingIO

/// Writes `report.html` into the run folder when a fit is over, well or not: one page that needs no network.
///
/// It has the results, curves of training and validation, the learning rate, what other callbacks left in the folder
/// (`confusion_matrix.csv`, the newest of `samples`, `predictions.csv`), the resolved recipe, the machine, and how the run
/// ended. Put it last, so that it finds the files of all others.
public final class Report: Callback {
    private let fileName: String
    private let clock = ContinuousClock()
    private var began: ContinuousClock.Instant?
    private var epochs: [EpochResult] = []

    /// Most rows of predictions that are shown.
    private static let mostRows = 50
    /// Most bytes of a picture that is put into the page.
    private static let mostBytes = 8_000_000

    /// A report.
    /// - Parameter fileName: The file in the run folder.
    public init(fileName: String = "report.html") { self.fileName = fileName }

    /// Last: it shows what others have written.
    public var band: CallbackBand { .reporting }

    /// Begins.
    public func fitStarted(_ run: any RunControl) async throws {
        began = clock.now
        epochs = []
    }

    /// Notes the epoch's figures.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws { epochs.append(epoch) }

    /// Writes.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        let ending: ReportPage.Ending =
            switch result.ending {
            case .limit(let limit): .ended("Reached its limit of \(limit)")
            case .stopped(let why): .ended("Stopped: \(why)")
            case .interrupted(let signal): .interrupted("Interrupted by signal \(signal)")
            }
        write(ending, run)
    }

    /// Writes what there is, with the error.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws {
        guard began != nil else { return }  // It failed before there was anything to report.
        write(.failed("Failed: \(error)"), run)
    }

    /// A report that cannot be written is told of: the run itself is none the worse for it.
    private func write(_ ending: ReportPage.Ending, _ run: any RunControl) {
        do {
            let page = try page(ending, run)
            try AtomicFile.write(Array(page.text.utf8), to: "\(run.directory())/\(fileName)")
        } catch { run.console.warn("\(fileName) cannot be written: \(error)") }
    }

    private func page(_ ending: ReportPage.Ending, _ run: any RunControl) throws -> ReportPage {
        let folder = try run.directory()
        let facts = try RunFacts(run)
        let seconds = began.map { (clock.now - $0).seconds } ?? 0
        let (done, steps) = (run.progress.epoch, run.progress.step)
        var page = ReportPage(
            name: facts.name, ending: ending,
            extent: "\(done) epoch\(done == 1 ? "" : "s"), \(grouped(steps)) steps, \(readable(seconds)) s",
            time: Report.now, history: try EpochHistory(epochs, folder: folder), recipe: facts.recipe,
            facts: MachineFacts(run).rows)
        for (title, name) in [
            ("Confusion matrix", "confusion_matrix"), ("Confusion matrix, test", "test_confusion_matrix"),
        ] {
            let cells = try table("\(folder)/\(name).csv", rows: 200)
            if !cells.isEmpty { page.matrices.append((title, cells)) }
        }
        if let newest = Report.newestPicture(in: "\(folder)/samples") {
            let bytes = try readBytes("\(folder)/samples/\(newest).png") ?? []
            if PNGHeader.size(bytes) != nil, bytes.count <= Report.mostBytes {
                let rows = try table("\(folder)/samples/\(newest).csv", rows: Report.mostRows)
                page.pictures = [.init(name: newest, png: bytes, table: rows)]
            }
        }
        page.predictions = try table("\(folder)/predictions.csv", rows: Report.mostRows)
        return page
    }

    private func table(_ path: String, rows: Int) throws -> [[String]] {
        try LineFile(path: path).lines().prefix(rows + 1).map(CSVText.cells)
    }

    /// The picture of the latest epoch, without `.png`: `epoch-10` comes after `epoch-9`.
    static func newestPicture(in folder: String) -> String? {
        namesInFolder(folder).filter { $0.hasSuffix(".png") }.map { String($0.dropLast(4)) }
            .max { Report.order($0) < Report.order($1) }
    }

    private static func order(_ name: String) -> (Int, String) {
        (Int(String(name.reversed().prefix { $0.isNumber }.reversed())) ?? 0, name)
    }

    private static var now: String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let count = strftime(&text, text.count, "%Y-%m-%d %H:%M:%S %z", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static let component = Component<any Callback>(
        "Report", "Writes report.html into the run folder when a fit is over.",
        Field("fileName", default: "report.html", "The file in the run folder.")
    ) { fileName in Report(fileName: fileName) }
}
