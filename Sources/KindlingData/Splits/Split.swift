// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// Divides samples into parts: training and validation, say.
///
/// Each part lists its samples in ascending order.
///
/// Which sample goes where follows from the seed alone.
public enum Split {
    /// Parts of the fractions given, which add up to 1, drawn at random from 0 ..< `count`.
    /// - Throws: `DataError` for fractions that are negative or do not add up to 1.
    public static func random(_ count: Int, into fractions: [Double], seed: UInt64) throws(DataError) -> [[Int]] {
        try check(fractions)
        var stream = RandomStream(seed: seed)["split"]
        let order = stream.permutation(count)
        return divide(order, fractions).map { $0.sorted() }
    }

    /// Parts of the fractions given, which add up to 1, each with every class in proportion.
    ///
    /// Every class is shuffled and divided by itself; what does not come out even goes to the parts with the largest
    /// remainders. `labels` holds the class of each sample.
    /// - Throws: `DataError` for fractions that are negative or do not add up to 1.
    public static func stratified(_ labels: [Int], into fractions: [Double], seed: UInt64) throws(DataError) -> [[Int]]
    {
        try check(fractions)
        var members: [Int: [Int]] = [:]
        for (sample, label) in labels.enumerated() { members[label, default: []].append(sample) }
        var parts = [[Int]](repeating: [], count: fractions.count)
        for (label, samples) in members.sorted(by: { $0.key < $1.key }) {
            var stream = RandomStream(seed: seed)["split"][label]
            let order = stream.permutation(samples.count).map { samples[$0] }
            for (part, share) in divide(order, fractions).enumerated() { parts[part] += share }
        }
        return parts.map { $0.sorted() }
    }

    private static func divide(_ order: [Int], _ fractions: [Double]) -> [ArraySlice<Int>] {
        var start = 0
        return counts(of: order.count, fractions).map { count in
            defer { start += count }
            return order[start..<start + count]
        }
    }

    /// Whole numbers in the proportions given that add up to `count` (Hamilton's method of largest remainders).
    ///
    /// Equal remainders are served from the front. All zero for fractions that ``check(_:)`` refuses.
    static func counts(of count: Int, _ fractions: [Double]) -> [Int] {
        guard areParts(fractions) else { return fractions.map { _ in 0 } }
        let quotas = fractions.map { $0 * Double(count) }
        // A quota such as 0.2 · 15, which the format cannot hold exactly, must not lose a sample to rounding.
        var counts = quotas.map { Int(($0 + 1e-9).rounded(.down)) }
        let byRemainder = quotas.indices.sorted { left, right in
            let (first, second) = (quotas[left] - Double(counts[left]), quotas[right] - Double(counts[right]))
            return abs(first - second) < 1e-9 ? left < right : first > second
        }
        for part in byRemainder.prefix(max(0, count - counts.reduce(0, +))) { counts[part] += 1 }
        return counts
    }

    private static func check(_ fractions: [Double]) throws(DataError) {
        guard areParts(fractions) else {
            throw DataError(
                .invalidValue, "a split into \(fractions) is none: fractions lie in 0 ... 1 and add up to 1")
        }
    }

    private static func areParts(_ fractions: [Double]) -> Bool {
        fractions.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(fractions.reduce(0, +) - 1) < 1e-9
    }
}
