// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine
internal import KindlingMetrics

/// What the steps of an epoch logged so far: numbers by their reductions, and states of metrics.
final class MetricMeans {
    private var entries: [Entry] = []
    private var states: [Int: MetricState] = [:]
    /// States that were read from a checkpoint, until their metric logs again.
    private var unclaimed: [Int: [Double]] = [:]
    private var waiting: [(index: Int, value: Tensor, weight: Double)] = []
    private var failure: (any Error)?

    var names: [String] { entries.map(\.name) }
    var isEmpty: Bool { entries.isEmpty }

    func add(_ name: String, _ value: Double, weight: Double, _ reduction: Reduction = .mean, isShown: Bool = true) {
        // A second kind under a name was noted; the run ends before its next step.
        guard let index = place(of: name, reduction, isShown) else { return }
        entries[index].take(value, weight: weight)
    }

    /// Numbers that are computed elsewhere are not waited for: they are read when somebody asks for the figures.
    func add(_ name: String, _ value: Tensor, weight: Double, _ reduction: Reduction = .mean, isShown: Bool = true) {
        guard value.elementCount == 1 else {
            note(
                TrainingError(
                    .badMetric, "'\(name)' was logged as a tensor of shape \(value.shape), not one number",
                    remedy: "reduce it: value.mean()"))
            return
        }
        guard let index = place(of: name, reduction, isShown) else { return }  // As above.
        // What only has a shape says that the name is logged, and nothing else.
        guard value.device != .meta else { return }
        waiting.append((index, value.detached(), weight))
        // Not so many that a long epoch keeps the memory of each of its batches' numbers.
        if value.device.backend.sharesHostMemory || waiting.count >= 512 { settle() }
    }

    /// Shows a metric a batch; how it sums up is its own affair.
    func add(_ name: String, _ metric: any Metric, _ outputs: Tensor, _ targets: Tensor, isShown: Bool = true) throws {
        guard let index = place(of: name, nil, isShown) else { return try check() }
        guard outputs.device != .meta else { return }  // As above.
        // Taken out while it changes, so that its numbers are not copied.
        var state = states.removeValue(forKey: index) ?? metric.makeState()
        defer { states[index] = state }
        if let numbers = unclaimed.removeValue(forKey: index) { try state.restore(numbers) }
        try state.update(outputs, targets)
    }

    /// The figures, by name, in the order in which the names were first logged.
    /// - Throws: the first number that could not be read, and what metrics refuse.
    func figures() throws -> MetricValues { try figures(shown: false) }

    /// The figures that are for a progress bar, and worth their time after every batch.
    func shownFigures() throws -> MetricValues { try figures(shown: true) }

    private func figures(shown: Bool) throws -> MetricValues {
        settle()
        try check()
        var pairs: [(name: String, value: Double)] = []
        pairs.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() where !shown || entry.isShown {
            if let metric = states[index]?.metric {
                if !shown || metric.isShownWhileTraining { pairs.append((entry.name, try figure(index))) }
            } else {
                pairs.append((entry.name, entry.figure))
            }
        }
        return MetricValues(pairs)
    }

    /// A metric's figure; NaN when it was shown empty batches only.
    private func figure(_ index: Int) throws -> Double {
        guard let state = states[index], !state.isEmpty else { return .nan }
        return try states[index]?.value() ?? .nan
    }

    /// What a checkpoint keeps: entries in order, and the numbers of metrics' states by the place of their entry.
    func saved() throws -> (entries: [Entry], states: [Int: [Double]]) {
        settle()
        try check()
        var (saved, numbers) = (entries, unclaimed)
        for index in states.keys {
            let figure = try figure(index)
            (saved[index].sum, saved[index].weight) = (figure, 1)
            numbers[index] = try states[index]?.numbers()
        }
        return (saved, numbers.filter { !$0.value.isEmpty })
    }

    /// Takes up where an interrupted epoch stopped.
    func restore(_ entries: [Entry], states: [Int: [Double]]) {
        clear()
        self.entries = entries
        unclaimed = states.filter { entries.indices.contains($0.key) }
    }

    func clear() {
        guard !entries.isEmpty else { return }  // Nothing was logged.
        entries.removeAll(keepingCapacity: true)
        states = [:]
        unclaimed = [:]
        waiting.removeAll(keepingCapacity: true)
    }

    /// The first figure that could not be logged; of numbers that are still computed nothing is known yet.
    func check() throws { if let failure { throw failure } }

    private func note(_ error: any Error) { failure = failure ?? error }

    private func settle() {
        for (index, value, weight) in waiting {
            do { entries[index].take(try value.item(), weight: weight) } catch { note(error) }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// The entry of a name, a new one if need be; nil, and noted, when it is another kind of figure's.
    private func place(of name: String, _ reduction: Reduction?, _ isShown: Bool) -> Int? {
        guard let index = entries.firstIndex(where: { $0.name == name }) else {
            entries.append(Entry(name: name, reduction: reduction, isShown: isShown))
            return entries.count - 1
        }
        if entries[index].reduction == reduction { return index }
        let kinds = [entries[index].reduction, reduction].map { $0.map { "a number's \($0.rawValue)" } ?? "a metric" }
        note(
            TrainingError(
                .badMetric, "'\(name)' was logged as \(kinds[0]) before, and as \(kinds[1]) now",
                remedy: "log it one way only, or under two names"))
        return nil
    }
}

extension MetricMeans {
    /// One logged name's sum; for a metric its figure, which a resumed run shows until it sees another batch.
    struct Entry: Codable {
        var name: String
        /// How numbers become one; nil for a metric.
        var reduction: Reduction?
        var isShown: Bool
        var sum = 0.0
        var weight = 0.0

        init(name: String, reduction: Reduction?, isShown: Bool) {
            self.name = name
            self.reduction = reduction
            self.isShown = isShown
        }

        /// A figure that is known.
        init(name: String, figure: Double) {
            self.init(name: name, reduction: .last, isShown: true)
            (sum, weight) = (figure, 1)
        }

        mutating func take(_ value: Double, weight: Double) {
            switch reduction {
            case .mean, nil: sum += value * weight
            case .sum: sum += value
            case .min: sum = self.weight > 0 ? Swift.min(sum, value) : value
            case .max: sum = self.weight > 0 ? Swift.max(sum, value) : value
            case .last: sum = value
            }
            self.weight += weight
        }

        var figure: Double {
            guard weight > 0 else { return .nan }
            return reduction == .mean || reduction == nil ? sum / weight : sum
        }
    }
}
