// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations

/// Lowers the learning rate when a metric has stopped to improve.
///
/// After more than `patience` epochs without a value better than the best by `threshold`, the factor is multiplied with
/// `factor`, but not below `minimum`; then `cooldown` epochs do not count. A value that is not a number is no
/// improvement.
///
///     OptimizerPlan.adam().scheduled(ReduceOnPlateauSchedule(factor: 0.5, patience: 3))
public struct ReduceOnPlateauSchedule: MetricDrivenSchedule {
    /// Which values are better.
    public enum Mode: String, FieldChoice, Sendable {
        /// Smaller ones.
        case min
        /// Larger ones.
        case max
    }

    /// What `threshold` is.
    public enum ThresholdMode: String, FieldChoice, Sendable {
        /// A share of the best value.
        case relative
        /// A difference.
        case absolute
    }

    /// The metric's name.
    public let monitor: String?
    private let mode: Mode
    private let factor: Double
    private let patience: Int
    private let threshold: Double
    private let thresholdMode: ThresholdMode
    private let cooldown: Int
    private let minimum: Double

    private var current = 1.0
    private var best: Double?
    private var epochsWithout = 0
    private var epochsToRest = 0

    /// A schedule.
    /// - Parameters:
    ///   - monitor: The metric's name.
    ///   - mode: Which values are better.
    ///   - factor: What the learning rate is multiplied with.
    ///   - patience: Epochs without improvement that are let pass.
    ///   - threshold: How much better than the best a value must be.
    ///   - thresholdMode: Whether that is a share of the best or a difference.
    ///   - cooldown: Epochs after a change that do not count.
    ///   - minimum: The least share of the learning rate.
    public init(
        monitor: String = "val_loss", mode: Mode = .min, factor: Double = 0.1, patience: Int = 10,
        threshold: Double = 1e-4, thresholdMode: ThresholdMode = .relative, cooldown: Int = 0, minimum: Double = 0
    ) {
        self.monitor = monitor
        self.mode = mode
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.thresholdMode = thresholdMode
        self.cooldown = cooldown
        self.minimum = minimum
    }

    /// The factor that the values so far have led to.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double { current }

    /// Takes note of the metric's value after an epoch, and lowers the factor when it is time.
    public mutating func observe(_ value: Double) {
        if isBetter(value) {
            best = value
            epochsWithout = 0
        } else {
            epochsWithout += 1
        }
        if epochsToRest > 0 {
            epochsToRest -= 1
            epochsWithout = 0
        }
        guard epochsWithout > patience else { return }
        current = Swift.min(current, Swift.max(current * factor, minimum))
        epochsToRest = cooldown
        epochsWithout = 0
    }

    private func isBetter(_ value: Double) -> Bool {
        guard let best else { return !value.isNaN }
        return switch (mode, thresholdMode) {
        case (.min, .relative): value < best * (1 - threshold)
        case (.min, .absolute): value < best - threshold
        case (.max, .relative): value > best * (1 + threshold)
        case (.max, .absolute): value > best + threshold
        }
    }

    /// The factor, the best value and the counters.
    public var state: [String: Double] {
        var state = [
            "factor": current, "epochs_without": Double(epochsWithout), "epochs_to_rest": Double(epochsToRest),
        ]
        state["best"] = best
        return state
    }

    /// Takes up where another schedule stopped; what is missing or impossible begins anew.
    public mutating func restore(_ state: [String: Double]) {
        current = state["factor"].flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } ?? 1
        best = state["best"].flatMap { $0.isNaN ? nil : $0 }
        epochsWithout = count(state["epochs_without"])
        epochsToRest = count(state["epochs_to_rest"])
    }

    private func count(_ number: Double?) -> Int { number.flatMap { Int(exactly: $0) }.map { Swift.max(0, $0) } ?? 0 }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "ReduceOnPlateau", ("factor", factor, .fractionBelowOne), ("patience", Double(patience), .nonNegative),
            ("threshold", threshold, .nonNegative), ("cooldown", Double(cooldown), .nonNegative),
            ("minimum", minimum, .fraction))
    }

    static let component = Component<any LearningRateSchedule>(
        "ReduceOnPlateau", "Lowers the learning rate when a metric has stopped to improve.",
        Field("monitor", default: "val_loss", "The metric's name."),
        Field("mode", default: Mode.min, "Which values are better."),
        Field("factor", default: 0.1, in: .fractionBelowOne, "What the learning rate is multiplied with."),
        Field(
            "patience", default: 10, in: .nonNegative, unit: "epochs", "Epochs without improvement that are let pass."),
        Field("threshold", default: 1e-4, in: .nonNegative, "How much better than the best a value must be."),
        Field("thresholdMode", default: ThresholdMode.relative, "Whether that is a share of the best or a difference."),
        Field("cooldown", default: 0, in: .nonNegative, unit: "epochs", "Epochs after a change that do not count."),
        Field("minimum", default: 0.0, in: .fraction, "Least share of the learning rate.")
    ) { monitor, mode, factor, patience, threshold, thresholdMode, cooldown, minimum in
        try ReduceOnPlateauSchedule(
            monitor: monitor, mode: mode, factor: factor, patience: patience, threshold: threshold,
            thresholdMode: thresholdMode, cooldown: cooldown, minimum: minimum
        ).validated()
    }
}
