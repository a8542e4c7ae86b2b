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
        for name in ["metrics.csv", "metrics.jsonl"] {
            let text = try #require(try readText("\(directory)/\(name)"))
            files[name] =
                text
                .replacing(/"seconds": [-0-9.e]+/, with: "SECONDS")
                .replacing(/(?m)^(\d+,\d+),[-0-9.e]+,/) { "\($0.1),SECONDS," }
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
        let result = try await Trainer(
            limit: .epochs(2), loggers: makeAll(in: folder, console: kept.console()), options: options(in: folder)
        ).fit(Classifier(), data: Points())
        let directory = try #require(result.directory)
        let csv = try LineFile(path: "\(directory)/metrics.csv").lines()
        #expect(csv.count == 3)
        #expect(csv[0] == "epoch,step,seconds,learning_rate,loss,val_loss")
        #expect(csv[2].hasPrefix("2,12,"))
        let lines = try LineFile(path: "\(directory)/metrics.jsonl").lines()
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"event": "epoch", "epoch": 1, "step": 6, "seconds": "#))
        let loss = try #require(result.metrics["loss"])
        #expect(lines[1].contains(#""metrics": {"loss": \#(loss), "val_loss": "#))
        #expect(kept.text.split(separator: "\n").count == 2)
        #expect(kept.text.hasPrefix("epoch 1  step 6  loss \(readable(result.history[0].metrics["loss"] ?? 0))"))
        let events = try #require(try readBytes("\(directory)/events.out.tfevents.kindling"))
        let text = String(decoding: events, as: UTF8.self)
        for word in ["brain.Event:2", "net/0", "weights/net.0.weight", "val_loss", "_hparams_/session_end_info"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test func resumedRunLeavesTheFilesOfAWholeOne() async throws {
        let (whole, parts) = (try Folder(), try Folder())
        let expected = try await Trainer(
            limit: .epochs(4), loggers: makeAll(in: whole, console: .silent), options: options(in: whole)
        ).fit(Classifier(), data: Points())
        // Stopped in the third epoch, after a checkpoint in the second: epochs two and three are run again.
        let checkpoint = "\(parts.path)/middle.h5"
        let first = try await Trainer(
            limit: .epochs(3), callbacks: [After(step: 8) { try await $0.saveCheckpoint(to: checkpoint) }],
            loggers: makeAll(in: parts, console: .silent), options: options(in: parts)
        ).fit(Classifier(), data: Points())
        var again = options(in: parts)
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
