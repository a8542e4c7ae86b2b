// SPDX-License-Identifier: Apache-2.0
import KindlingData
import Testing

@testable import KindlingTraining

/// The full-screen view as text: a history and a size give one screen.
@Suite struct LiveScreenTests {
    /// Three epochs of a fit, in the middle of the fourth.
    private var screen: LiveScreen {
        var screen = LiveScreen()
        screen.name = "points/1"
        screen.place = "epoch 4/8"
        screen.activity = "training"
        (screen.batch, screen.batchCount) = (3, 6)
        (screen.share, screen.seconds, screen.secondsLeft) = (0.4375, 7, 3661)
        (screen.samplesPerSecond, screen.learningRate) = (1234.5, 0.01)
        for (epoch, loss, validation) in [(1.0, 1.0, 1.25), (2, 0.5, 0.5), (3, 0.25, 0.75)] {
            screen.note(MetricValues([("loss", loss)]), at: epoch - 0.5, isWhole: false)
            screen.note(MetricValues([("loss", loss), ("val_loss", validation)]), at: epoch, isWhole: true)
        }
        screen.note(MetricValues([("loss", 0.2)]), at: 3.5, isWhole: false)
        return screen
    }

    @Test func screenHasAllOfTheRun() {
        let lines = screen.lines(width: 60, height: 20)
        #expect(
            lines
                == """
                points/1 · epoch 4/8 · training          0:07 · 1:01:01 left
                ━━━━━━━━━━━━━━━━━━━━──────────────────── 3/6 43 % of the run

                      training  validation
                loss    0.2000      0.7500
                learning rate 0.0100                         1,234 samples/s

                loss
                1.2500 ┤⠉⠒⠤⣀
                       │⢄⣀  ⠉⠒⠤⣀
                       │  ⠉⠑⠒⠤⢄⣀⡉⠑⠢⢄⡀
                       │        ⠈⠉⠒⠢⠬⣑⡢⢄⡀               ⢀⣀⣀⡠⠤⠤⠔⠒○
                0.5500 ┤              ⠈⠉⠙⠳⠦⣄⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁
                       │                     ⠉⠉⠉⠒⠒⠒⠢⠤⠤⢄⣀⣀⡀
                0.2000 ┤                                 ⠈⠉⠉⠉⠒⠒⠒⠤⠤⠤⠤⠤⠤⢄⣀⣀⣀●
                       └───────────────────────────────────────────────────
                        1                                            3.5000
                        ● training  0.2000
                        ○ validation  0.7500
                q stop and save   s save now
                """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    @Test func everyLineFitsItsSize() {
        for (width, height) in [(20, 1), (20, 5), (40, 10), (80, 24), (130, 40), (200, 60)] {
            for inColor in [false, true] {
                let lines = screen.lines(width: width, height: height, inColor: inColor)
                #expect(lines.count == height)
                #expect(lines.allSatisfy { LiveScreen.visibleWidth($0) <= width }, "\(width) × \(height)")
                #expect(lines.last?.hasPrefix("q stop and save") == true)
            }
        }
    }

    @Test func wideScreensShowTwoCharts() {
        var screen = screen
        screen.note(MetricValues([("accuracy", 0.5)]), at: 1, isWhole: true)
        let titles = screen.lines(width: 130, height: 24).first { $0.contains("loss  ") && $0.contains("accuracy") }
        #expect(titles == "loss" + String(repeating: " ", count: 62) + "accuracy")
        #expect(screen.lines(width: 80, height: 24).allSatisfy { !($0.contains("loss  ") && $0.contains("accuracy")) })
    }

    @Test func batchesGiveWayToTheirEpoch() {
        #expect(screen.figures[0].trainingCurve.map(\.epoch) == [1, 2, 3, 3.5])
        #expect(screen.figures[0].validationCurve.map(\.epoch) == [1, 2, 3])
        var long = LiveScreen()
        for epoch in 1...5000 { long.note(MetricValues([("loss", 1)]), at: Double(epoch), isWhole: true) }
        #expect(long.figures[0].trainingCurve.count <= 1000)
        #expect(long.figures[0].trainingCurve.last?.epoch == 5000)
    }

    @Test func screenBeforeTheFirstFigure() {
        let lines = LiveScreen().lines(width: 30, height: 6)
        #expect(lines.count == 6)
        #expect(lines[3] == "no figures yet")
    }

    @Test func valuesThatAreNoNumbersAreShownAndNotDrawn() {
        var screen = LiveScreen()
        screen.note(MetricValues([("loss", .nan)]), at: 1, isWhole: true)
        let lines = screen.lines(width: 60, height: 24)
        #expect(lines.contains { $0.hasPrefix("loss") && $0.contains("nan") })
    }

    @Test func timesAreReadable() {
        #expect(
            [0, 59.9, 61, 3600, 86_400, .infinity].map(LiveScreen.clock) == [
                "0:00", "0:59", "1:01", "1:00:00", "24:00:00", "–",
            ])
    }

    @Test func withoutATerminalItIsAProgressBar() async throws {
        let folder = try Folder()
        let kept = Kept()
        _ = try await Trainer(
            limit: .epochs(2), callbacks: [LiveView(console: kept.console(), stop: nil) { nil }],
            options: options(in: folder)
        ).fit(Classifier(), data: Points())
        let lines = kept.text.split(separator: "\n")
        #expect(lines[0] == "The live view needs a terminal that it can draw on; progress is shown as lines.")
        #expect(lines[1].hasPrefix("epoch 1/2  loss "))
        #expect(!kept.text.contains("\u{1B}"))
    }
}
