// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Keeps the best and the last state of a run in its folder: `checkpoints/best.h5` and `checkpoints/last.h5`.
///
/// A state is saved after every epoch, and when the run is interrupted, unless told otherwise. `last.h5` is always the
/// newest, `best.h5` the one with the best figure. With more than one to keep, or a file name, each also has a file of
/// its own, and the two are second names for such files. Nothing is taken away or replaced before the new file is
/// whole, on the disk and read back. When an error ends the run, `exception.h5` is what it had reached.
///
///     ModelCheckpoint(monitor: "val_accuracy", mode: .max, keepBest: 3, fileName: "epoch-{epoch}-{val_accuracy:3}")
///     ModelCheckpoint(everyEpochs: nil, everySteps: 1000, everySeconds: 600)
///
/// A state is ranked by figures of its moment alone: one saved by steps by `monitor` where that is a figure of training,
/// one saved after a look at the validation split within an epoch by that look.
public final class ModelCheckpoint: Callback {
    private let monitorName: String?
    private let mode: MonitorMode
    private let keepBest: Int?
    private let keepLast: Int
    private let onException: Bool
    private let fileName: String?
    private var name: CheckpointName?
    private var trigger: CheckpointTrigger
    private var ranking = CheckpointRanking()

    /// A keeper.
    /// - Parameters:
    ///   - monitor: The figure to go by; `val_loss` when the run validates, else `loss`, when nil.
    ///   - mode: Which way is better.
    ///   - keepBest: How many of the best are kept; all when nil.
    ///   - keepLast: How many of the newest are kept; with 0 there is no `last.h5` but that of an interruption.
    ///   - everyEpochs: After how many epochs one is saved; never by epochs when nil.
    ///   - everySteps: After how many steps one is saved.
    ///   - everySeconds: After how many seconds one is saved, at the next batch.
    ///   - onException: Whether an error that ends the run leaves a checkpoint.
    ///   - fileName: The names of files, with places for figures: `epoch-{epoch}-{val_loss:3}`; `epoch-E-step-S` when
    ///     nil. One that cannot be read ends the run before its first step.
    public init(
        monitor: String? = nil, mode: MonitorMode = .min, keepBest: Int? = 1, keepLast: Int = 1,
        everyEpochs: Int? = 1, everySteps: Int? = nil, everySeconds: Double? = nil, onException: Bool = true,
        fileName: String? = nil
    ) {
        monitorName = monitor
        self.mode = mode
        self.keepBest = keepBest.map { max(0, $0) }
        self.keepLast = max(0, keepLast)
        self.onException = onException
        self.fileName = fileName
        trigger = CheckpointTrigger(epochs: everyEpochs, steps: everySteps, seconds: everySeconds)
    }

    /// After all others: what they have done is to be saved.
    public var band: CallbackBand { .saving }

    /// The figure, when one is named.
    public var monitoredNames: [String] { monitorName.map { [$0] } ?? [] }

    /// Makes the folder, so that one that cannot be written to is found out before hours of training.
    public func fitStarted(_ run: any RunControl) async throws {
        name = try fileName.map { try CheckpointName($0) }
        let files = try files(run)
        try makeFolders(files.folder)
        ranking.keepOnly { files.contains($0) }
        trigger.start(at: run.progress.step)
    }

    /// Saves, when it is time for that by steps or seconds.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        guard trigger.isDue(step: run.progress.step) else { return }  // Not yet.
        let metrics = try batch.metrics
        try await save(run, epoch: run.progress.epoch, figure: monitorName.flatMap { metrics[$0] }, metrics)
    }

    /// Saves after a look at the validation split within an epoch, when the figure is one of validation.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        let isWithin = run.progress.batch > 0 && run.progress.batch < run.batchesPerEpoch
        // The epoch's own validation is followed by its end, which is the time to save.
        guard result.stage == .validation, isWithin, let figure = result.metrics[monitorName ?? "val_loss"] else {
            return
        }
        try await save(run, epoch: run.progress.epoch, figure: figure, result.metrics)
    }

    /// Saves, when it is time for that by epochs.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        guard trigger.isDue(epochsDone: epoch.epoch + 1) else { return }  // Not yet.
        let name = monitorName ?? (epoch.metrics["val_loss"] == nil ? "loss" : "val_loss")
        let figure: Double
        do { figure = try epoch.metrics.figure(name) } catch {
            // A misspelt figure must not cost the epoch that it was found out after.
            try await run.saveCheckpoint(to: files(run).path("last.h5"))
            throw error
        }
        try await save(run, epoch: epoch.epoch + 1, figure: figure, epoch.metrics)
    }

    /// Writes the last one when the run ended in the middle of an epoch, or a signal ended it.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        var isUnsaved = run.progress.batch > 0
        if case .interrupted = result.ending { isUnsaved = true }
        if isUnsaved { try await run.saveCheckpoint(to: files(run).path("last.h5")) }
    }

    /// Writes what the run had reached, beside the last one that is known to be good.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws {
        guard onException, run.progress.step > 0 else { return }  // Before the first step there is nothing to lose.
        try await run.saveCheckpoint(to: files(run).path("exception.h5"))
    }

    private func files(_ run: any RunControl) throws -> CheckpointFiles {
        CheckpointFiles(folder: "\(try run.directory())/checkpoints")
    }

    private func save(_ run: any RunControl, epoch: Int, figure: Double?, _ metrics: MetricValues) async throws {
        let files = try files(run)
        let ranked = figure.flatMap { ranking.admits($0, keep: keepBest, mode) ? $0 : nil }
        let isBest = figure.map { ranked != nil && ranking.isBest($0, mode) } ?? false
        guard ranked != nil || keepLast > 0 else { return }  // Neither among the best nor wanted for being the last.
        let hasOwnName = name != nil || (keepBest ?? .max) > 1 || keepLast > 1
        let own = try hasOwnName ? freeName(run, epoch, metrics, files) : keepLast > 0 ? "last.h5" : "best.h5"
        let before = ranking
        // First, because the file says what was kept when it was written.
        let dropped = ranking.add(
            hasOwnName ? own : "best.h5", value: ranked, keepBest: keepBest, keepNewest: hasOwnName ? keepLast : 0,
            mode)
        do {
            try await run.saveCheckpoint(to: files.path(own))
            if keepLast > 0 { try await name(own, also: "last.h5", files, run) }
            if isBest { try await name(own, also: "best.h5", files, run) }
        } catch {
            ranking = before
            throw error
        }
        if hasOwnName { for file in dropped { try files.remove(file) } }
    }

    private func name(_ file: String, also other: String, _ files: CheckpointFiles, _ run: any RunControl)
        async throws
    {
        guard file != other else { return }  // It is called so already.
        if try !files.name(file, also: other) { try await run.saveCheckpoint(to: files.path(other)) }
    }

    /// A name that no file has: what is there already is never written over.
    private func freeName(
        _ run: any RunControl, _ epoch: Int, _ metrics: MetricValues, _ files: CheckpointFiles
    ) throws -> String {
        let plain = "epoch-\(epoch)-step-\(run.progress.step)"
        let wanted = try name?.text(epoch: epoch, step: run.progress.step, metrics: metrics) ?? plain
        var file = "\(wanted).h5"
        var number = 1
        while ["best.h5", "last.h5", "exception.h5"].contains(file) || files.contains(file) {
            number += 1
            file = "\(wanted)-\(number).h5"
        }
        return file
    }

    /// What is kept, with the figures.
    public func saveState() throws -> String? { ranking == CheckpointRanking() ? nil : try text(of: ranking) }

    /// Takes what was kept; files that are gone are forgotten when the run begins.
    public func restoreState(_ state: String) throws {
        ranking = try self.state(CheckpointRanking.self, from: state)
    }

    static let component = Component<any Callback>(
        "ModelCheckpoint", "Keeps the best and the last states of a run in its folder.",
        Field<String?>(
            "monitor", default: nil, "The figure to go by; val_loss when the run validates, else loss, when null."),
        Field("mode", default: MonitorMode.min, "Which way is better."),
        Field<Int?>("keepBest", default: 1, in: .nonNegative, "How many of the best are kept; all when null."),
        Field("keepLast", default: 1, in: .nonNegative, "How many of the newest are kept."),
        Field<Int?>("everyEpochs", default: 1, in: .atLeast(1), "After how many epochs one is saved."),
        Field<Int?>("everySteps", default: nil, in: .atLeast(1), "After how many steps one is saved."),
        Field<Double?>(
            "everySeconds", default: nil, in: .positive, unit: "seconds", "After how long one is saved."),
        Field("onException", default: true, "Whether an error that ends the run leaves exception.h5."),
        Field<String?>("fileName", default: nil, "The files' names, with places: epoch-{epoch}-{val_loss:3}.")
    ) { monitor, mode, keepBest, keepLast, everyEpochs, everySteps, everySeconds, onException, fileName in
        _ = try fileName.map { try CheckpointName($0) }
        return ModelCheckpoint(
            monitor: monitor, mode: mode, keepBest: keepBest, keepLast: keepLast, everyEpochs: everyEpochs,
            everySteps: everySteps, everySeconds: everySeconds, onException: onException, fileName: fileName)
    }
}
