// SPDX-License-Identifier: Apache-2.0

/// Which checkpoints are worth keeping: the best by a figure, and the newest.
struct CheckpointRanking: Codable, Equatable {
    /// A file and its figure.
    struct Entry: Codable, Equatable {
        var file: String
        var value: Double
    }

    /// The best, best first.
    private(set) var best: [Entry] = []
    /// The newest, newest last.
    private(set) var newest: [String] = []

    /// Whether a figure belongs among the `keep` best, all when nil; what is not a number never does.
    func admits(_ value: Double, keep: Int?, _ mode: MonitorMode) -> Bool {
        guard !value.isNaN, keep != 0 else { return false }
        guard let keep, best.count >= keep, let worst = best.last else { return true }
        return mode.isBetter(value, than: worst.value)
    }

    /// Whether a figure is better than all so far.
    func isBest(_ value: Double, _ mode: MonitorMode) -> Bool {
        guard !value.isNaN else { return false }
        return best.first.map { mode.isBetter(value, than: $0.value) } ?? true
    }

    /// Whether a file is among them.
    func contains(_ file: String) -> Bool { best.contains { $0.file == file } || newest.contains(file) }

    /// Notes a new file.
    /// - Parameters:
    ///   - value: Its figure when it belongs among the best.
    ///   - keepNewest: How many of the newest are kept.
    /// - Returns: The files that nothing speaks for any more.
    mutating func add(
        _ file: String, value: Double?, keepBest: Int?, keepNewest: Int, _ mode: MonitorMode
    ) -> [String] {
        var dropped: [String] = []
        if let value {
            best.removeAll { $0.file == file }
            // Behind equal ones: the first that reached a figure stays ahead.
            let place = best.firstIndex { mode.isBetter(value, than: $0.value) } ?? best.count
            best.insert(Entry(file: file, value: value), at: place)
            while let keepBest, best.count > keepBest { dropped.append(best.removeLast().file) }
        }
        newest.removeAll { $0 == file }
        newest.append(file)
        while newest.count > keepNewest { dropped.append(newest.removeFirst()) }
        return dropped.filter { !contains($0) }
    }

    /// Forgets files that are gone.
    mutating func keepOnly(where exists: (String) -> Bool) {
        best.removeAll { !exists($0.file) }
        newest.removeAll { !exists($0) }
    }
}
