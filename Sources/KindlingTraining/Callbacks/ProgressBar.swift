// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Shows how far a run has come: a bar that is redrawn in a terminal, a line now and then in a pipe or a file.
///
///     ProgressBar()
public final class ProgressBar: Callback {
    private let console: Console
    private let interval: Duration
    private let longEpoch: Duration
    private let clock = ContinuousClock()
    private var lastDrawn: ContinuousClock.Instant?
    private var epochStart = ContinuousClock.now
    private var samples = 0
    private var lastEpoch: MetricValues = MetricValues()
    private var unfinishedLine = false

    /// A bar.
    /// - Parameters:
    ///   - console: Where it is drawn.
    ///   - interval: The least time between two drawings; by default a tenth of a second in a terminal, a second in a
    ///     pipe.
    ///   - longEpoch: In a pipe or a file, after how long there is a line within an epoch.
    public init(console: Console = .standard, interval: Duration? = nil, longEpoch: Duration = .seconds(30)) {
        self.longEpoch = longEpoch
        self.console = console
        self.interval = interval ?? (console.isInteractive ? .milliseconds(100) : .seconds(1))
    }

    /// Last: it tells people.
    public var band: CallbackBand { .reporting }

    /// Begins to count.
    public func epochStarted(_ run: any RunControl) async throws {
        epochStart = clock.now
        samples = 0
    }

    /// Draws, when the last drawing is long enough ago.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        samples += batch.sampleCount
        guard console.isInteractive else { return try tell(batch, run) }
        guard isDue else { return }  // Not yet.
        draw(run, done: batch.batchIndex + 1, of: batch.batchCount, try batch.metrics.merging(validation))
    }

    /// In a pipe or a file, epochs are news enough, unless they take long.
    private func tell(_ batch: BatchResult, _ run: any RunControl) throws {
        guard clock.now - max(epochStart, lastDrawn ?? epochStart) >= longEpoch else { return }  // Not yet.
        lastDrawn = clock.now
        let place = "batch \(batch.batchIndex + 1)/\(batch.batchCount)"
        console.print("\(title(run, run.progress.epoch)), \(place)  \(figures(try batch.metrics))  \(rate)")
    }

    /// Draws the whole epoch.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        lastEpoch = epoch.metrics
        let isLast = run.limit.isReached(by: run.progress)
        guard isDue || isLast else { return }  // Not yet.
        if console.isInteractive {
            draw(run, done: 1, of: 1, epoch.metrics, epoch: epoch.epoch)
        } else {
            lastDrawn = clock.now
            console.print("\(title(run, epoch.epoch))  \(figures(epoch.metrics))  \(rate)")
        }
    }

    /// Leaves the bar's line.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws { leave() }

    /// Leaves the bar's line.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws { leave() }

    private func leave() {
        if unfinishedLine { console.print("") }
        unfinishedLine = false
    }

    private var isDue: Bool { lastDrawn.map { clock.now - $0 >= interval } ?? true }

    /// Last epoch's validation stays in sight while the next one trains.
    private var validation: MetricValues {
        MetricValues(lastEpoch.filter { $0.name.hasPrefix("val_") }.map { ($0.name, $0.value) })
    }

    private var rate: String {
        let seconds = max(1e-9, (clock.now - epochStart).seconds)
        return "\(grouped(Int(Double(samples) / seconds))) samples/s"
    }

    private func title(_ run: any RunControl, _ epoch: Int) -> String {
        switch run.limit {
        case .epochs(let count): "epoch \(epoch + 1)/\(count)"
        case .steps(let count): "epoch \(epoch + 1), step \(run.progress.step)/\(count)"
        case .first: "epoch \(epoch + 1), step \(run.progress.step)"
        }
    }

    private func figures(_ metrics: MetricValues) -> String {
        metrics.map { "\($0.name) \(readable($0.value))" }.joined(separator: "  ")
    }

    private func draw(_ run: any RunControl, done: Int, of count: Int, _ metrics: MetricValues, epoch: Int? = nil) {
        lastDrawn = clock.now
        // In a narrow terminal the figures matter more.
        let length = console.width < 60 ? 8 : 24
        let filled = count > 0 ? min(length, length * done / count) : 0
        let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: length - filled)
        let text = "\(title(run, epoch ?? run.progress.epoch)) \(bar) \(figures(metrics))  \(rate)"
        console.print("\r\u{1B}[2K\(text.prefix(console.width - 1))", terminator: "")
        unfinishedLine = true
    }

    static let component = Component<any Callback>("ProgressBar", "Shows how far the run has come.") { ProgressBar() }
}
