// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Keeps the best and the last state of a run in its folder: `checkpoints/best.h5` and `checkpoints/last.h5`.
///
/// `last.h5` is written after every epoch and when the run is interrupted, `best.h5` when the figure is the best so far.
/// A file is replaced only when the new one is whole.
public final class ModelCheckpoint: Callback {
    private let monitorName: String?
    private let mode: MonitorMode
    private var monitor: Monitor?
    private var restoredBest: Double?

    /// A keeper.
    /// - Parameters:
    ///   - monitor: The figure to go by; `val_loss` when the run validates, else `loss`, when nil.
    ///   - mode: Which way is better.
    public init(monitor: String? = nil, mode: MonitorMode = .min) {
        monitorName = monitor
        self.mode = mode
    }

    /// After what decides, so that its decisions are saved.
    public var band: CallbackBand { .saving }
    /// The figure to go by, when one was named.
    public var monitoredNames: [String] { monitorName.map { [$0] } ?? [] }

    /// Makes the folder, so that one that cannot be written to is found out before hours of training.
    public func fitStarted(_ run: any RunControl) async throws {
        try makeFolders("\(run.directory())/checkpoints")
    }

    /// Writes both.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        let name = monitorName ?? (epoch.metrics["val_loss"] == nil ? "loss" : "val_loss")
        var monitor = monitor ?? Monitor(name, mode, best: restoredBest)
        let folder = "\(try run.directory())/checkpoints"
        let value: Double
        do { value = try monitor.value(in: epoch) } catch {
            // A misspelt figure must not cost the epoch that it was found out after.
            try await run.saveCheckpoint(to: "\(folder)/last.h5")
            throw error
        }
        let improved = monitor.improves(value)
        self.monitor = monitor
        if improved { try await run.saveCheckpoint(to: "\(folder)/best.h5") }
        try await run.saveCheckpoint(to: "\(folder)/last.h5")
    }

    /// Writes the last one in the middle of an epoch, when the run ended there.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        if run.progress.batch > 0 {
            try await run.saveCheckpoint(to: "\(run.directory())/checkpoints/last.h5")
        }
    }

    /// The best figure.
    public func saveState() throws -> String? { (monitor?.best ?? restoredBest).map { "\($0)" } }

    /// Takes the best figure.
    public func restoreState(_ state: String) throws {
        guard let best = Double(state) else {
            throw TrainingError(.badCheckpoint, "the state '\(state)' is none of ModelCheckpoint's")
        }
        restoredBest = best
    }

    static let component = Component<any Callback>(
        "ModelCheckpoint", "Keeps the best and the last state of a run in its folder.",
        Field<String?>(
            "monitor", default: nil, "The figure to go by; val_loss when the run validates, else loss, when null."),
        Field("mode", default: MonitorMode.min, "Which way is better.")
    ) { monitor, mode in ModelCheckpoint(monitor: monitor, mode: mode) }
}
