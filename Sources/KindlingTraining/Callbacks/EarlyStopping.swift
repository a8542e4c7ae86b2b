// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Ends the run when a figure has not got better for some epochs.
///
///     EarlyStopping(monitor: "val_loss", patience: 5)
public final class EarlyStopping: Callback {
    private let patience: Int
    private let minimumChange: Double
    private var monitor: Monitor
    private var epochsSinceBest = 0

    /// A watch over a figure.
    /// - Parameters:
    ///   - monitor: The figure's name in logs.
    ///   - patience: Epochs without getting better that are borne, at least 1.
    ///   - minimumChange: What counts as better.
    ///   - mode: Which way is better.
    public init(monitor: String = "val_loss", patience: Int = 3, minimumChange: Double = 0, mode: MonitorMode = .min) {
        self.monitor = Monitor(monitor, mode)
        self.patience = max(1, patience)
        self.minimumChange = minimumChange
    }

    /// After what measures, before what saves.
    public var band: CallbackBand { .deciding }
    /// The figure.
    public var monitoredNames: [String] { [monitor.name] }

    /// Counts.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        let value = try monitor.value(in: epoch)
        if monitor.improves(value, margin: minimumChange) {
            epochsSinceBest = 0
            return
        }
        epochsSinceBest += 1
        if epochsSinceBest >= patience {
            let best = monitor.best.map(readable) ?? "never a number"
            run.stop(because: "\(monitor.name) has not got better for \(patience) epochs (best \(best))")
        }
    }

    /// The best figure and the count.
    public func saveState() throws -> String? { "\(monitor.best.map { "\($0)" } ?? "none") \(epochsSinceBest)" }

    /// Takes the best figure and the count.
    public func restoreState(_ state: String) throws {
        let parts = state.split(separator: " ")
        guard parts.count == 2, let count = Int(parts[1]) else {
            throw TrainingError(.badCheckpoint, "the state '\(state)' is none of EarlyStopping's")
        }
        monitor = Monitor(monitor.name, monitor.mode, best: Double(parts[0]))
        epochsSinceBest = count
    }

    static let component = Component<any Callback>(
        "EarlyStopping", "Ends the run when a figure has not got better for some epochs.",
        Field("monitor", default: "val_loss", "The figure's name in logs."),
        Field("patience", default: 3, in: .atLeast(1), unit: "epochs", "Epochs without getting better that are borne."),
        Field("minimumChange", default: 0.0, in: .nonNegative, "What counts as better."),
        Field("mode", default: MonitorMode.min, "Which way is better.")
    ) { monitor, patience, minimumChange, mode in
        EarlyStopping(monitor: monitor, patience: patience, minimumChange: minimumChange, mode: mode)
    }
}
