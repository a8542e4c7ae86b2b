// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingDeclarations
internal import Synchronization

/// A run on the full screen of a terminal: curves, figures, rate, time left.
///
/// `q` stops and saves, `s` saves now.
///
/// It draws ten times a second at most. Without a terminal it says so and is a ``ProgressBar``.
public final class LiveView: Callback {
    private let console: Console
    private let fallback: ProgressBar
    private let stop: (@Sendable () -> Void)?
    private let openScreen: () -> TerminalScreen?
    private let clock = ContinuousClock()
    private var shared: LiveState?
    private var drawing: Task<Void, Never>?
    private var began = ContinuousClock.now
    private var firstStep = 0
    private var samples = 0

    /// A view.
    /// - Parameters:
    ///   - console: Where the progress bar is drawn when there is no terminal.
    ///   - stop: What `q` does; ends the run after the current batch when nil.
    public convenience init(console: Console = .standard, stop: (@Sendable () -> Void)? = nil) {
        self.init(console: console, stop: stop, openScreen: TerminalScreen.open)
    }

    /// - Parameter openScreen: Takes the terminal; nil when there is none.
    init(console: Console, stop: (@Sendable () -> Void)?, openScreen: @escaping () -> TerminalScreen?) {
        self.console = console
        self.openScreen = openScreen
        self.stop = stop
        fallback = ProgressBar(console: console)
    }

    deinit {
        drawing?.cancel()
        shared?.screen.close()
    }

    /// Last: it tells people.
    public var band: CallbackBand { .reporting }

    /// Takes the screen.
    public func fitStarted(_ run: any RunControl) async throws {
        guard let screen = openScreen() else {
            console.print("The live view needs a terminal that it can draw on; progress is shown as lines.")
            try await fallback.fitStarted(run)
            return
        }
        let state = LiveState(screen, name: try RunFacts(run).name)
        state.change { screen in
            (screen.place, screen.activity) = (LiveView.place(run), "starting")
            screen.batchCount = run.batchesPerEpoch
            screen.learningRate = run.learningRate
        }
        shared = state
        (began, firstStep, samples) = (clock.now, run.progress.step, 0)
        // Keys are answered and the clock goes on while a batch or a validation takes its time.
        drawing = Task.detached {
            while !Task.isCancelled {
                state.tick()
                // Cancelled in its sleep, it is over.
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Begins an epoch.
    public func epochStarted(_ run: any RunControl) async throws {
        guard let shared else { return try await fallback.epochStarted(run) }
        shared.change { $0.activity = "training" }
    }

    /// Notes the figures, and does what keys asked for.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        guard let shared else { return try await fallback.batchEnded(batch, run) }
        samples += batch.sampleCount
        let metrics = shared.isDue ? try batch.metrics : MetricValues()
        let seconds = max(1e-9, (clock.now - began).seconds)
        let (step, total) = (run.progress.step, run.totalSteps)
        let place = Double(run.progress.epoch) + Double(batch.batchIndex + 1) / Double(max(1, batch.batchCount))
        shared.change { screen in
            screen.place = LiveView.place(run)
            (screen.batch, screen.batchCount) = (batch.batchIndex + 1, batch.batchCount)
            screen.samplesPerSecond = Double(samples) / seconds
            screen.learningRate = run.learningRate
            if total > 0, total < .max {
                screen.share = min(1, Double(step) / Double(total))
                screen.secondsLeft = seconds / Double(max(1, step - firstStep)) * Double(max(0, total - step))
            }
            screen.note(metrics, at: place, isWhole: false)
        }
        try await answerKeys(shared, run)
    }

    /// Shows that the model is looked at.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        guard let shared else { return try await fallback.evaluationStarted(batchCount: batchCount, run) }
        shared.change { $0.activity = "validating" }
    }

    /// Notes the epoch's figures.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        guard let shared else { return try await fallback.epochEnded(epoch, run) }
        shared.change { $0.note(epoch.metrics, at: Double(epoch.epoch + 1), isWhole: true) }
        try await answerKeys(shared, run)
    }

    /// Gives the screen back.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        guard shared != nil else { return try await fallback.fitEnded(result, run) }
        close()
    }

    /// Gives the screen back.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws {
        guard shared != nil else { return try await fallback.fitFailed(error, run) }
        close()
    }

    private func close() {
        drawing?.cancel()
        shared?.screen.close()
        (drawing, shared) = (nil, nil)
    }

    private func answerKeys(_ shared: LiveState, _ run: any RunControl) async throws {
        let wishes = shared.takeWishes()
        if wishes.save {
            let folder = "\(try run.directory())/checkpoints"
            try makeFolders(folder)
            let path = "\(folder)/saved-step-\(run.progress.step).h5"
            try await run.saveCheckpoint(to: path)
            shared.change { $0.notice = "saved \(path)" }
        }
        if wishes.stop {
            if let stop { stop() } else { run.stop(because: "q was pressed") }
        }
    }

    private static func place(_ run: any RunControl) -> String {
        switch run.limit {
        case .epochs(let count): "epoch \(run.progress.epoch + 1)/\(count)"
        case .steps(let count): "epoch \(run.progress.epoch + 1), step \(grouped(run.progress.step))/\(grouped(count))"
        case .first: "epoch \(run.progress.epoch + 1), step \(grouped(run.progress.step))"
        }
    }

    static let component = Component<any Callback>(
        "LiveView", "Shows the run on a terminal's full screen, with curves; q stops, s saves."
    ) { LiveView() }
}

/// What the run notes and the screen shows.
final class LiveState: Sendable {
    private struct Content: Sendable {
        var shown = LiveScreen()
        var wantsStop = false
        var wantsSave = false
        var lastDrawn: ContinuousClock.Instant?
    }

    let screen: TerminalScreen
    private let clock = ContinuousClock()
    private let began = ContinuousClock.now
    private let content = Mutex(Content())

    init(_ screen: TerminalScreen, name: String) {
        self.screen = screen
        content.withLock { $0.shown.name = name }
    }

    /// Whether the last drawing is long enough ago; figures that are not shown need not be waited for.
    var isDue: Bool { content.withLock { LiveState.isDue($0.lastDrawn, clock.now) } }

    private static func isDue(_ last: ContinuousClock.Instant?, _ now: ContinuousClock.Instant) -> Bool {
        last.map { now - $0 >= .milliseconds(95) } ?? true
    }

    /// Changes what is shown, and draws it when the last drawing is long enough ago.
    func change(_ body: (inout LiveScreen) -> Void) {
        content.withLock { body(&$0.shown) }
        tick()
    }

    /// Reads keys and draws, at most ten times a second.
    func tick() {
        let keys = screen.keys()
        content.withLock { content in
            for key in keys {
                switch Character(UnicodeScalar(key)) {
                case "q", "Q":
                    content.wantsStop = true
                    content.shown.notice = "stopping after this batch…"
                case "s", "S":
                    content.wantsSave = true
                    content.shown.notice = "saving after this batch…"
                default: break
                }
            }
            let now = clock.now
            guard !keys.isEmpty || LiveState.isDue(content.lastDrawn, now) else { return }
            content.lastDrawn = now
            content.shown.seconds = (now - began).seconds
            if content.shown.notice.isEmpty { content.shown.notice = TerminalScreen.lastMessage ?? "" }
            let size = screen.size
            screen.draw(
                content.shown.lines(width: size.width, height: size.height, inColor: TerminalScreen.isColored))
        }
    }

    /// What keys asked for since the last call.
    func takeWishes() -> (stop: Bool, save: Bool) {
        content.withLock { content in
            defer { (content.wantsStop, content.wantsSave) = (false, false) }
            return (content.wantsStop, content.wantsSave)
        }
    }
}

extension LiveScreen {
    /// Most points that a curve keeps; of more, every second one goes.
    private static let mostPoints = 1000

    /// Takes figures in: of a batch as the last point of an unfinished epoch, of an epoch in place of its batches' points.
    mutating func note(_ metrics: MetricValues, at epoch: Double, isWhole: Bool) {
        for (name, value) in metrics {
            let isValidation = name.hasPrefix("val_")
            let base = isValidation ? String(name.dropFirst(4)) : name
            let place = figures.firstIndex { $0.name == base } ?? figures.endIndex
            if place == figures.endIndex { figures.append(Figure(name: base)) }
            if isValidation {
                figures[place].validation = value
                if isWhole { LiveScreen.add((epoch, value), to: &figures[place].validationCurve, isWhole: true) }
            } else {
                figures[place].training = value
                LiveScreen.add((epoch, value), to: &figures[place].trainingCurve, isWhole: isWhole)
            }
        }
    }

    private static func add(
        _ point: (epoch: Double, value: Double), to curve: inout [(epoch: Double, value: Double)], isWhole: Bool
    ) {
        if isWhole {
            curve.removeAll { $0.epoch > point.epoch - 1 }
        } else if let last = curve.last, last.epoch.rounded(.down) == point.epoch.rounded(.down),
            point.epoch - last.epoch < 0.02
        {
            return  // Closer than a screen can show.
        }
        curve.append(point)
        if curve.count > mostPoints { curve = curve.enumerated().filter { $0.offset % 2 == 1 }.map(\.element) }
    }
}
