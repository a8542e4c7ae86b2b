// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import Testing

@testable import KindlingTraining

/// Loggers in fits of ``Points``, whole, and stopped and taken up.
@Suite struct LoggerTests {
    private func makeAll(in folder: Folder, console: Console) -> [any Logger] {
        [
            CSVLogger(), JSONLinesLogger(), ConsoleLogger(console: console),
            TensorBoardLogger(histogramEpochs: 1, clock: { 1_700_000_000 }),
            MLflowLogger(directory: "\(folder.path)/mlruns", experiment: "points", clock: { 1_700_000_000 }),
        ]
    }

    /// Everything that the loggers leave, by path in the run folder and the store, without what the clock says.
    private func files(_ result: FitResult, _ folder: Folder) throws -> [String: String] {
        var files: [String: String] = [:]
        let directory = try #require(result.directory)
        for name in ["metrics.csv", "metrics_steps.csv", "metrics.jsonl"] {
            let text = try #require(try readText("\(directory)/\(name)"))
            files[name] =
                text
                .replacing(/"seconds": [-0-9.e]+/, with: "SECONDS")
                .replacing(/(?m)^(\d+,\d+(,\d+)?),[-0-9.e]+,/) { "\($0.1),SECONDS," }
        }
        files["events"] = try events("\(directory)/events.out.tfevents.kindling")
        for path in try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/mlruns") {
            guard let text = try? readText("\(folder.path)/mlruns/\(path)") else { continue }
            let place = path.split(separator: "/").dropFirst(2).joined(separator: "/")
            if place.hasPrefix("metrics/") { files[place] = text }
        }
        return files
    }

    /// The summaries of an event file, an entry a line, without seconds and the folder's name.
    private func events(_ path: String) throws -> String {
        var rest = try #require(try readBytes(path))[...]
        var lines: [String] = []
        while let event = EventFile.nextEvent(&rest) {
            for (field, value) in ProtobufReader.fields(event) ?? [] {
                guard field == 5, case .data(let summary) = value else { continue }
                for (_, value) in ProtobufReader.fields(summary) ?? [] {
                    guard case .data(let entry) = value else { continue }
                    let isStable = !["seconds", "session_start"].contains {
                        String(decoding: entry, as: UTF8.self).contains($0)
                    }
                    if isStable { lines.append(entry.map { String($0, radix: 16) }.joined(separator: " ")) }
                }
            }
        }
        #expect(rest.isEmpty)
        return lines.joined(separator: "\n")
    }

    @Test func everyLoggerKeepsItsFiles() async throws {
        let folder = try Folder()
        let kept = Kept()
        var options = options(in: folder)
        options.loggingInterval = 4
        options.hyperparameters = [("optimizer.type", "Adam")]
        let table = Attachment("matrix", .table(rows: ["a"], columns: ["b", "c"], values: [[1, 2.5]]))
        let result = try await Trainer(
            limit: .epochs(2), callbacks: [AtTheEnd { $0.log(table) }],
            loggers: makeAll(in: folder, console: kept.console()), options: options
        ).fit(Classifier(), data: Points())
        let directory = try #require(result.directory)
        let csv = try LineFile(path: "\(directory)/metrics.csv").lines()
        #expect(csv.count == 3)
        #expect(csv[0] == "epoch,step,seconds,learning_rate,loss,val_loss")
        #expect(csv[2].hasPrefix("2,12,"))
        let steps = try LineFile(path: "\(directory)/metrics_steps.csv").lines()
        #expect(steps.count == 4)
        #expect(steps[0] == "epoch,step,samples,seconds,learning_rate,loss")
        #expect(steps[1].hasPrefix("1,4,16,"))
        #expect(steps[3].hasPrefix("2,12,44,"))
        let lines = try LineFile(path: "\(directory)/metrics.jsonl").lines()
        let places = ["step", "epoch", "step", "step", "epoch", "table", "end"]
        #expect(lines.count == places.count)
        for (line, event) in zip(lines, places.dropLast(2)) { #expect(line.hasPrefix("{\"event\": \"\(event)\", ")) }
        #expect(lines[1].hasPrefix(#"{"event": "epoch", "epoch": 1, "step": 6, "samples": 22, "seconds": "#))
        #expect(lines[5].contains(#""name": "matrix", "rows": ["a"], "columns": ["b", "c"], "values": [[1, 2.5]]"#))
        #expect(
            lines[6] == #"{"event": "end", "epoch": 2, "step": 12, "outcome": "limit", "reason": "2 epochs"}"#)
        let loss = try #require(result.metrics["loss"])
        #expect(lines[4].contains(#""metrics": {"loss": \#(loss), "val_loss": "#))
        #expect(kept.text.split(separator: "\n").count == 2)
        #expect(kept.text.hasPrefix("epoch 1  step 6  loss \(readable(result.history[0].metrics["loss"] ?? 0))"))
        let events = try #require(try readBytes("\(directory)/events.out.tfevents.kindling"))
        let text = String(decoding: events, as: UTF8.self)
        for word in [
            "brain.Event:2", "net/0", "weights/net.0.weight", "val_loss", "_hparams_/session_end_info", "step/loss",
            "optimizer.type",
            "| a | 1 | 2.5000 |",
        ] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test func resumedRunLeavesTheFilesOfAWholeOne() async throws {
        let (whole, parts) = (try Folder(), try Folder())
        func everyStep(_ folder: Folder) -> TrainerOptions {
            var options = options(in: folder)
            options.loggingInterval = 1
            return options
        }
        let expected = try await Trainer(
            limit: .epochs(4), loggers: makeAll(in: whole, console: .silent), options: everyStep(whole)
        ).fit(Classifier(), data: Points())
        // Stopped in the third epoch, after a checkpoint in the second: epochs two and three are run again.
        let checkpoint = "\(parts.path)/middle.h5"
        let first = try await Trainer(
            limit: .epochs(3), callbacks: [After(step: 8) { try await $0.saveCheckpoint(to: checkpoint) }],
            loggers: makeAll(in: parts, console: .silent), options: everyStep(parts)
        ).fit(Classifier(), data: Points())
        var again = everyStep(parts)
        again.runDirectory = .existing(try #require(first.directory))
        let second = try await Trainer(
            limit: .epochs(4), loggers: makeAll(in: parts, console: .silent), options: again
        ).fit(Classifier(), data: Points(), resumingFrom: Checkpoint(path: checkpoint))
        #expect(second.directory == first.directory)
        let (all, resumed) = (try files(expected, whole), try files(second, parts))
        #expect(all.keys.sorted() == resumed.keys.sorted())
        for name in all.keys.sorted() { #expect(all[name] == resumed[name], "\(name)") }
        #expect(all["metrics/val_loss"]?.split(separator: "\n").count == 4)
    }

    @Test func failingLoggerWarnsOnceAndStopsNothing() async throws {
        let folder = try Folder()
        let kept = Kept()
        let result = try await Trainer(
            limit: .epochs(3), loggers: [Failing(), CSVLogger()], options: options(in: folder, console: kept.console())
        ).fit(Classifier(), data: Points())
        #expect(result.epochs == 3)
        #expect(kept.text == "warning: Failing: mishap\n")
        #expect(try LineFile(path: "\(try #require(result.directory))/metrics.csv").lines().count == 4)
    }

    @Test func storeSaysHowTheRunEnded() async throws {
        let endings: [(Int, (any RunControl) async throws -> Void)] = [
            (3, { _ in }), (3, { $0.stop(because: "enough") }), (4, { _ in throw Mishap() }),
        ]
        for (status, action) in endings {
            let folder = try Folder()
            let logger = MLflowLogger(directory: "\(folder.path)/mlruns")
            _ = await message(folder) {
                _ = try await Trainer(
                    limit: .epochs(1), callbacks: [After(step: 2, action)], loggers: [logger],
                    options: options(in: folder)
                ).fit(Classifier(), data: Points())
            }
            let names = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/mlruns")
            let meta = try #require(names.first { $0.split(separator: "/").count == 3 && $0.hasSuffix("meta.yaml") })
            #expect(try readText("\(folder.path)/mlruns/\(meta)")?.contains("\nstatus: \(status)\n") == true)
        }
    }

    @Test func metricsThatComeLaterGetTheirColumn() async throws {
        let folder = try Folder()
        let module = Scripted { net, batch, context in
            let loss = crossEntropy(net(batch.inputs), batch.targets)
            context.log("loss", 0.5)
            if context.epoch == 1 { context.log("a, \"b\"", 2) }
            return loss
        }
        let result = try await Trainer(limit: .epochs(3), loggers: [CSVLogger()], options: options(in: folder))
            .fit(module, data: Points(training: 4, validation: 0))
        let lines = try LineFile(path: "\(try #require(result.directory))/metrics.csv").lines()
        #expect(lines[0] == #"epoch,step,seconds,learning_rate,loss,"a, ""b""""#)
        #expect(CSVText.cells(lines[0]).last == #"a, "b""#)
        #expect(
            lines.dropFirst().map { CSVText.cells($0)[4...].joined(separator: "|") } == ["0.5|", "0.5|2.0", "0.5|"])
    }

    @Test func unfinishedLineCountsAsNotWritten() throws {
        let folder = try Folder()
        let file = LineFile(path: try folder.write(Array("one\ntwo\nthr".utf8), to: "lines"))
        #expect(try file.lines() == ["one", "two"])
        try file.keep { $0 != "one" }
        try file.append(["four"])
        #expect(try readText(file.path) == "two\nfour\n")
        #expect(try LineFile(path: "\(folder.path)/none").lines().isEmpty)
    }

    @Test func textsAndNumbersAreJSON() {
        #expect(JSONText.string("a\"\\\n\u{1}é😀") == #""a\"\\\n\u0001é😀""#)
        #expect(
            [0, -3, 0.1, 1e20, .nan, -.infinity].map(JSONText.number) == [
                "0", "-3", "0.1", "1e+20", "\"nan\"", "\"-inf\"",
            ])
    }

    @Test func mlflowNamesAreFileNames() {
        #expect(
            ["val_loss", "a/b", "..", "", "é.x"].map(MLflowRun.fileName) == ["val_loss", "a_b", "_..", "_", "_.x"])
    }
}

/// A logger that never works.
private final class Failing: Logger {
    func started(_ run: any RunControl) throws { throw Mishap() }
    func log(_ epoch: EpochResult, _ run: any RunControl) throws { throw Mishap() }
}

/// Does something when a fit is over.
private final class AtTheEnd: Callback {
    private let action: (any RunControl) -> Void

    init(_ action: @escaping (any RunControl) -> Void) { self.action = action }

    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws { action(run) }
}
