// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// When ``EarlyStopping`` looks at its figure.
public enum EarlyStoppingMoment: String, Sendable, FieldChoice {
    /// At the end of an epoch, when training and validation are done.
    case epoch
    /// After every pass over the validation split, of which an epoch may have several.
    case validation
}

/// Ends the run when a figure has not got better for some time, is good enough, or is beyond hope.
///
///     EarlyStopping(monitor: "val_loss", patience: 5)
///     EarlyStopping(monitor: "val_accuracy", mode: .max, stoppingThreshold: 0.99)
public final class EarlyStopping: Callback {
    private struct State: Codable {
        var best: Double?
        var checksSinceBest: Int
    }

    private let patience: Int
    private let minimumChange: Double
    private let stoppingThreshold: Double?
    private let divergenceThreshold: Double?
    private let checkFinite: Bool
    private let moment: EarlyStoppingMoment
    private let startEpoch: Int
    private var monitor: Monitor
    private var checksSinceBest = 0

    /// A watch over a figure.
    /// - Parameters:
    ///   - monitor: The figure's name in logs.
    ///   - patience: Checks without getting better that are borne, at least 1.
    ///   - minimumChange: By how much a figure must be better to count.
    ///   - mode: Which way is better.
    ///   - stoppingThreshold: The figure is good enough when it is better than this.
    ///   - divergenceThreshold: The figure is beyond hope when it is worse than this.
    ///   - checkFinite: Whether a figure that is infinite or not a number ends the run.
    ///   - moment: When the figure is looked at.
    ///   - startEpoch: Epochs before the first look: early figures of some models only fall later.
    public init(
        monitor: String = "val_loss", patience: Int = 3, minimumChange: Double = 0, mode: MonitorMode = .min,
        stoppingThreshold: Double? = nil, divergenceThreshold: Double? = nil, checkFinite: Bool = true,
        moment: EarlyStoppingMoment = .epoch, startEpoch: Int = 0
    ) {
        self.monitor = Monitor(monitor, mode)
        self.patience = max(1, patience)
        self.minimumChange = abs(minimumChange)
        self.stoppingThreshold = stoppingThreshold
        self.divergenceThreshold = divergenceThreshold
        self.checkFinite = checkFinite
        self.moment = moment
        self.startEpoch = startEpoch
    }

    /// Among those who decide.
    public var band: CallbackBand { .deciding }

    /// The figure.
    public var monitoredNames: [String] { [monitor.name] }

    /// Looks, when it is to look at every validation.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        guard moment == .validation, result.stage == .validation else { return }  // Looked at elsewhere.
        if run.progress.epoch >= startEpoch { check(try result.metrics.figure(monitor.name), run) }
    }

    /// Looks, when it is to look at every epoch.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        guard moment == .epoch else { return }  // Looked at elsewhere.
        let value = try monitor.value(in: epoch)
        if epoch.epoch >= startEpoch { check(value, run) }
    }

    private func check(_ value: Double, _ run: any RunControl) {
        let (name, mode) = (monitor.name, monitor.mode)
        if checkFinite, !value.isFinite {
            return run.stop(because: "\(name) is \(readable(value)), not a finite number")
        }
        if let stoppingThreshold, mode.isBetter(value, than: stoppingThreshold) {
            return run.stop(
                because: "\(name) is \(readable(value)), better than the threshold \(readable(stoppingThreshold))")
        }
        if let divergenceThreshold, mode.isBetter(divergenceThreshold, than: value) {
            return run.stop(
                because: "\(name) is \(readable(value)), worse than the threshold \(readable(divergenceThreshold))")
        }
        if monitor.improves(value, margin: minimumChange) {
            checksSinceBest = 0
            return
        }
        checksSinceBest += 1
        if checksSinceBest >= patience {
            let best = monitor.best.map(readable) ?? "never a number"
            let unit = moment == .epoch ? "epochs" : "validations"
            run.stop(because: "\(name) has not got better for \(patience) \(unit) (best \(best))")
        }
    }

    /// The best figure and the count.
    public func saveState() throws -> String? {
        try text(of: State(best: monitor.best, checksSinceBest: checksSinceBest))
    }

    /// Takes the best figure and the count.
    public func restoreState(_ state: String) throws {
        let state = try self.state(State.self, from: state)
        monitor = Monitor(monitor.name, monitor.mode, best: state.best)
        checksSinceBest = state.checksSinceBest
    }

    static let component = Component<any Callback>(
        "EarlyStopping", "Ends the run when a figure has not got better for some time.",
        Field("monitor", default: "val_loss", "The figure's name in logs."),
        Field("patience", default: 3, in: .atLeast(1), "Checks without getting better that are borne."),
        Field("minimumChange", default: 0.0, in: .nonNegative, "By how much better counts as better."),
        Field("mode", default: MonitorMode.min, "Which way is better."),
        Field<Double?>("stoppingThreshold", default: nil, "The run ends when the figure is better than this."),
        Field<Double?>("divergenceThreshold", default: nil, "The run ends when the figure is worse than this."),
        Field("checkFinite", default: true, "Whether infinity and what is no number end the run."),
        Field("moment", default: EarlyStoppingMoment.epoch, "Whether every epoch or every validation is a check."),
        Field("startEpoch", default: 0, in: .nonNegative, unit: "epochs", "Epochs before the first check.")
    ) {
        EarlyStopping(
            monitor: $0, patience: $1, minimumChange: $2, mode: $3, stoppingThreshold: $4, divergenceThreshold: $5,
            checkFinite: $6, moment: $7, startEpoch: $8)
    }
}
