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
    func value(in epoch: EpochResult) throws -> Double {
        guard let value = epoch.metrics[name] else {
            let known = epoch.metrics.names
            let nearest = nearestName(to: name, in: known).map { "; did you mean '\($0)'?" } ?? ""
            throw TrainingError(
                .unknownMetric, "'\(name)' is monitored, but nobody logs it\(nearest)",
                remedy: "monitor one of: \(known.joined(separator: ", "))")
        }
        return value
    }

    /// Whether a value is better than the best so far by more than a margin; if so it is the best now.
    mutating func improves(_ value: Double, margin: Double = 0) -> Bool {
        guard !value.isNaN else { return false }
        let better: Bool
        switch (best, mode) {
        case (nil, _): better = true
        case (let best?, .min): better = value < best - margin
        case (let best?, .max): better = value > best + margin
        }
        if better { best = value }
        return better
    }
}
