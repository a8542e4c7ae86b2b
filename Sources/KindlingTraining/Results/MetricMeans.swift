// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// The means, so far, of what the steps of an epoch logged.
final class MetricMeans {
    /// One logged name's sums.
    struct Entry: Codable {
        var name: String
        var last: Double
        var sum: Double
        var weight: Double
    }

    private(set) var entries: [Entry] = []
    private var waiting: [(index: Int, value: Tensor, weight: Double)] = []
    private(set) var failure: (any Error)?

    func add(_ name: String, _ value: Double, weight: Int) {
        accumulate(place(of: name), value, Double(weight))
    }

    /// Numbers that are computed elsewhere are not waited for: they are read when somebody asks for the means.
    func add(_ name: String, _ value: Tensor, weight: Int) {
        waiting.append((place(of: name), value.detached(), Double(weight)))
        if value.device.backend.sharesHostMemory { settle() }
    }

    /// The means, by name, in the order in which the names were first logged.
    var means: MetricValues {
        settle()
        return MetricValues(entries.map { ($0.name, $0.weight > 0 ? $0.sum / $0.weight : .nan) })
    }

    /// What the last batch logged.
    var latest: MetricValues {
        settle()
        return MetricValues(entries.map { ($0.name, $0.last) })
    }

    /// Takes up where an interrupted epoch stopped.
    func restore(_ entries: [Entry]) { self.entries = entries }

    func clear() {
        entries = []
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
        entries.append(Entry(name: name, last: .nan, sum: 0, weight: 0))
        return entries.count - 1
    }

    private func accumulate(_ index: Int, _ value: Double, _ weight: Double) {
        entries[index].last = value
        entries[index].sum += value * weight
        entries[index].weight += weight
    }
}
