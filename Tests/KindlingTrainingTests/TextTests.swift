// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct TextTests {
    @Test func summaryShowsShapesAndParameters() async throws {
        let folder = try Folder()
        let kept = Kept()
        let module = Classifier()
        module.net.freeze()
        (module.net.layers[3] as? Linear)?.unfreeze()
        _ = try await Trainer(
            limit: .epochs(1), callbacks: [ModelSummary(console: kept.console())], options: options(in: folder)
        ).fit(module, data: Points())
        #expect(
            kept.text == """
                Layer  Type     Output  Parameters  FLOPs
                ─────────────────────────────────────────
                net.0  Linear   [N, 8]          24     32
                net.1  ReLU     [N, 8]
                net.2  Dropout  [N, 8]
                net.3  Linear   [N, 3]          27     48
                51 parameters, 27 of them learned, 0.2040 kB
                80 FLOPs and 0.0970 kB of activations a sample

                """)
    }

    @Test func tableShowsTrainingBesideValidation() {
        let result = FitResult(
            ending: .stopped("enough"), epochs: 2, steps: 1234,
            metrics: MetricValues([("loss", 0.5), ("accuracy", 0.75), ("val_loss", 12.5), ("val_other", 1)]),
            history: [], directory: "runs/a/b", seconds: 1.5)
        #expect(
            ResultsTable.text(result) == """
                Metric    Training  Validation
                ──────────────────────────────
                loss        0.5000      12.500
                accuracy    0.7500
                other                   1.0000
                The run stopped: enough, after 2 epochs, 1,234 steps, 1.5000 s.
                Files: runs/a/b
                """)
    }

    @Test func tableWithoutValidationHasOneColumn() {
        let result = FitResult(
            ending: .interrupted(signal: 2), epochs: 1, steps: 3, metrics: MetricValues([("loss", 0.5)]), history: [],
            directory: nil, seconds: 0.25)
        #expect(
            ResultsTable.text(result) == """
                Metric  Training
                ────────────────
                loss      0.5000
                The run was interrupted by signal 2, after 1 epoch, 3 steps, 0.2500 s.
                """)
    }

    /// What the bar prints while three batches and an epoch go by, without the rate, which is the machine's.
    private func bar(isInteractive: Bool, limit: Limit = .epochs(2), width: Int = 120) async throws -> [String] {
        let folder = try Folder()
        let kept = Kept()
        let console = kept.console(isInteractive: isInteractive, width: width)
        let module = Scripted { net, batch, context in
            context.log("loss", Double(context.batchIndex))
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        _ = try await Trainer(
            limit: limit, callbacks: [ProgressBar(console: console, interval: .zero)], options: options(in: folder)
        ).fit(module, data: Points(training: 4, validation: 0, batchSize: 2))
        return kept.text
            .replacingOccurrences(of: "[0-9,]+ samples/s", with: "R samples/s", options: .regularExpression)
            .replacingOccurrences(of: "\u{1B}[2K", with: "> ")
            .split { $0 == "\r" || $0 == "\n" }.map(String.init)
    }

    @Test func terminalIsWrittenOver() async throws {
        #expect(
            try await bar(isInteractive: true) == [
                "> epoch 1/2 ━━━━━━━━━━━━──────────── loss 0  R samples/s",
                "> epoch 1/2 ━━━━━━━━━━━━━━━━━━━━━━━━ loss 0.5000  R samples/s",
                "> epoch 1/2 ━━━━━━━━━━━━━━━━━━━━━━━━ loss 0.5000  R samples/s",
                "> epoch 2/2 ━━━━━━━━━━━━──────────── loss 0  R samples/s",
                "> epoch 2/2 ━━━━━━━━━━━━━━━━━━━━━━━━ loss 0.5000  R samples/s",
                "> epoch 2/2 ━━━━━━━━━━━━━━━━━━━━━━━━ loss 0.5000  R samples/s",
            ])
    }

    @Test func narrowTerminalIsNotOverrun() async throws {
        for line in try await bar(isInteractive: true, width: 30) { #expect(line.count - 2 == 29) }
    }

    @Test func pipeGetsALineForEachEpoch() async throws {
        #expect(
            try await bar(isInteractive: false, limit: .steps(4)) == [
                "epoch 1, step 2/4  loss 0.5000  R samples/s",
                "epoch 2, step 4/4  loss 0.5000  R samples/s",
            ])
    }

    /// Every byte that a bar prints, without the rate.
    private func bytes(isInteractive: Bool, width: Int = 80) async throws -> String {
        let folder = try Folder()
        let kept = Kept()
        let console = kept.console(isInteractive: isInteractive, width: width)
        _ = try await Trainer(
            limit: .epochs(1), callbacks: [ProgressBar(console: console, interval: .zero)], options: options(in: folder)
        ).fit(
            Scripted { net, batch, context in
                context.log("loss", 0.5)
                return crossEntropy(net(batch.inputs), batch.targets)
            }, data: Points(training: 2, validation: 0, batchSize: 2))
        return kept.text.replacingOccurrences(of: "[0-9,]+ samples/s", with: "R samples/s", options: .regularExpression)
    }

    @Test func terminalGetsOneLineThatEndsOnce() async throws {
        let line = "\r\u{1B}[2Kepoch 1/1 ━━━━━━━━━━━━━━━━━━━━━━━━ loss 0.5000  R samples/s"
        #expect(try await bytes(isInteractive: true) == line + line + "\n")
    }

    @Test func pipesAndFilesGetPlainLines() async throws {
        // Neither a carriage return nor an escape: a file of it reads like one.
        #expect(try await bytes(isInteractive: false) == "epoch 1/1  loss 0.5000  R samples/s\n")
    }

    @Test func longRunIntoAFileIsNotFlooded() async throws {
        let folder = try Folder()
        let kept = Kept()
        _ = try await Trainer(
            limit: .epochs(200), callbacks: [ProgressBar(console: kept.console(), interval: .seconds(3600))],
            options: options(in: folder)
        ).fit(Classifier(), data: Points(training: 4, validation: 0))
        // The first epoch, and the last one whatever the clock says.
        let lines = kept.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("epoch 1/200  loss "))
        #expect(lines[1].hasPrefix("epoch 200/200  loss "))
    }

    @Test func longEpochsHaveLinesInAPipe() async throws {
        let folder = try Folder()
        let kept = Kept()
        let bar = ProgressBar(console: kept.console(), interval: .zero, longEpoch: .zero)
        _ = try await Trainer(limit: .epochs(1), callbacks: [bar], options: options(in: folder))
            .fit(Classifier(), data: Points(training: 8))
        let lines = kept.text.split(separator: "\n").map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        #expect(lines == ["epoch 1/1, batch", "epoch 1/1, batch", "epoch 1/1 loss"])
    }

    @Test func failureLeavesTheBarsLine() async throws {
        let folder = try Folder()
        let kept = Kept()
        let bar = ProgressBar(console: kept.console(isInteractive: true), interval: .zero)
        _ = await message(folder) {
            _ = try await Trainer(
                limit: .epochs(1), callbacks: [bar, After(step: 2) { _ in throw Mishap() }],
                options: options(in: folder)
            ).fit(Classifier(), data: Points())
        }
        #expect(kept.text.hasSuffix(" samples/s\n"))
    }
}
