// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// Which way a figure gets better.
public enum MonitorMode: String, Sendable, CaseIterable {
    /// Down: a loss.
    case min
    /// Up: an accuracy.
    case max
}

extension MonitorMode: FieldChoice {}

extension MonitorMode {
    /// Whether a value is better than another by more than a margin; what is not a number never is.
    func isBetter(_ value: Double, than other: Double, margin: Double = 0) -> Bool {
        switch self {
        case .min: value < other - margin
        case .max: value > other + margin
        }
    }
}

extension MetricValues {
    /// The figure of a name that somebody relies on.
    /// - Throws: when nobody logged it, with the names that were.
    func figure(_ name: String) throws -> Double {
        guard let value = self[name] else { throw TrainingError.neverLogged(name, known: names) }
        return value
    }
}

extension TrainingError {
    /// A figure that is watched and that nobody logs.
    static func neverLogged(_ name: String, known: [String]) -> TrainingError {
        let nearest = nearestName(to: name, in: known).map { "; did you mean '\($0)'?" } ?? ""
        return TrainingError(
            .unknownMetric, "'\(name)' is monitored, but nobody logs it\(nearest)",
            remedy: "monitor one of: \(known.joined(separator: ", "))")
    }
}

/// Watches one figure for its best value.
struct Monitor {
    let name: String
    let mode: MonitorMode
    private(set) var best: Double?

    init(_ name: String, _ mode: MonitorMode, best: Double? = nil) {
        self.name = name
        self.mode = mode
        self.best = best
    }

    /// The figure among an epoch's.
    /// - Throws: when nobody logged it, with the names that were.
    func value(in epoch: EpochResult) throws -> Double { try epoch.metrics.figure(name) }

    /// Whether a value is better than the best so far by more than a margin; if so it is the best now.
    mutating func improves(_ value: Double, margin: Double = 0) -> Bool {
        guard !value.isNaN else { return false }
        let better = best.map { mode.isBetter(value, than: $0, margin: margin) } ?? true
        if better { best = value }
        return better
    }
}
