// SPDX-License-Identifier: Apache-2.0

/// A few numbers that stand for many, each with a weight, from which quantiles are read: Keras' summary of samples.
struct QuantileSummary {
    /// One number, and how many it stands for.
    struct Entry {
        var value: Double
        var weight: Double
    }

    private var entries: [Entry] = []

    /// Takes numbers into account, keeping about 1 / epsilon entries.
    mutating func add(_ numbers: [Double], epsilon: Double) {
        let step = max(Double(numbers.count) * epsilon, 1)
        let sorted = numbers.sorted()
        let chosen = stride(from: Int(step - 1), to: sorted.count, by: Int(step))
        entries += chosen.map { Entry(value: sorted[$0], weight: step) }
        entries.sort { $0.value < $1.value }
        let count = (1 / epsilon).rounded(.up)
        if Double(entries.count) * epsilon >= 1 { entries = compressed(to: Int(count), by: epsilon) }
    }

    /// As many entries of equal weight, the last being the largest number; fewer when there are not as many.
    func compressed(to count: Int) -> [Entry] { compressed(to: count, by: 1 / Double(count)) }

    private func compressed(to count: Int, by epsilon: Double) -> [Entry] {
        guard count > 0, entries.count >= count || Double(entries.count) * epsilon >= 1 else { return entries }
        var sums: [Double] = []
        for entry in entries { sums.append((sums.last ?? 0) + entry.weight) }
        let total = sums.last ?? 1
        var result: [Entry] = []
        var (place, before) = (0, 0.0)
        for index in 0..<count {
            let wanted = (epsilon + Double(index) * epsilon) * total
            while place < sums.count - 1, sums[place + 1] < wanted { place += 1 }
            let (value, sum) = interpolated(wanted, place, sums)
            result.append(Entry(value: value, weight: sum - before))
            before = sum
        }
        return result
    }

    /// The value at a sum of weights between entry `place` and the next; the outermost beyond the ends.
    private func interpolated(_ wanted: Double, _ place: Int, _ sums: [Double]) -> (value: Double, sum: Double) {
        let next = min(place + 1, sums.count - 1)
        if wanted <= sums[0] { return (entries[0].value, sums[0]) }
        if wanted >= sums[next] { return (entries[next].value, sums[next]) }
        let share = (wanted - sums[place]) / (sums[next] - sums[place])
        return (entries[place].value + share * (entries[next].value - entries[place].value), wanted)
    }
}
