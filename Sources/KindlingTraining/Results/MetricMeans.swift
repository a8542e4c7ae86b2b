// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine
internal import KindlingMetrics

/// What the steps of an epoch logged so far: means of numbers, and states of metrics.
final class MetricMeans {
    /// One logged name's sums; for a metric its figure, which a resumed run shows until it sees another batch.
    struct Entry: Codable {
        var name: String
        var sum: Double
        var weight: Double
    }

    private var entries: [Entry] = []
    private var states: [Int: MetricState] = [:]
    /// States that were read from a checkpoint, until their metric logs again.
    private var unclaimed: [Int: [Double]] = [:]
    private var waiting: [(index: Int, value: Tensor, weight: Double)] = []
    private var failure: (any Error)?

    func add(_ name: String, _ value: Double, weight: Int) {
        accumulate(place(of: name), value, Double(weight))
    }

    /// Numbers that are computed elsewhere are not waited for: they are read when somebody asks for the means.
    func add(_ name: String, _ value: Tensor, weight: Int) {
        waiting.append((place(of: name), value.detached(), Double(weight)))
        if value.device.backend.sharesHostMemory { settle() }
    }

    /// Shows a metric a batch; how it sums up is its own affair.
    func add(_ name: String, _ metric: any Metric, _ outputs: Tensor, _ targets: Tensor) throws {
        let index = place(of: name)
        // Taken out while it changes, so that its numbers are not copied.
        var state = states.removeValue(forKey: index) ?? metric.makeState()
        defer { states[index] = state }
        if let numbers = unclaimed.removeValue(forKey: index) { try state.restore(numbers) }
        try state.update(outputs, targets)
    }

    /// The figures, by name, in the order in which the names were first logged.
    /// - Throws: the first number that could not be read, and what metrics refuse.
    func figures() throws -> MetricValues { try figures { _ in true } }

    /// The figures that are worth their time after every batch.
    func shownFigures() throws -> MetricValues { try figures { $0.isShownWhileTraining } }

    private func figures(of isWanted: (any Metric) -> Bool) throws -> MetricValues {
        try check()
        var pairs: [(name: String, value: Double)] = []
        for (index, entry) in entries.enumerated() {
            if let metric = states[index]?.metric {
                if isWanted(metric) { pairs.append((entry.name, try figure(index))) }
            } else {
                pairs.append((entry.name, entry.weight > 0 ? entry.sum / entry.weight : .nan))
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
        entries = []
        states = [:]
        unclaimed = [:]
        waiting = []
    }

    /// The first number that could not be read: more than one element, or a failed operation.
    func check() throws {
        settle()
        if let failure { throw failure }
    }

    private func settle() {
        for (index, value, weight) in waiting {
            do { accumulate(index, try value.item(), weight) } catch { failure = failure ?? error }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    private func place(of name: String) -> Int {
        if let index = entries.firstIndex(where: { $0.name == name }) { return index }
        entries.append(Entry(name: name, sum: 0, weight: 0))
        return entries.count - 1
    }

    private func accumulate(_ index: Int, _ value: Double, _ weight: Double) {
        entries[index].sum += value * weight
        entries[index].weight += weight
    }
}
