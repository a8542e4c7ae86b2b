// SPDX-License-Identifier: Apache-2.0

/// Named figures, in the order in which they were logged.
public struct MetricValues: Sendable, Equatable, Sequence {
    private var pairs: [(name: String, value: Double)]

    /// Figures from pairs.
    public init(_ pairs: [(name: String, value: Double)] = []) { self.pairs = pairs }

    /// The names, in order.
    public var names: [String] { pairs.map(\.name) }

    /// The figure of a name, or nil when nobody logged it.
    public subscript(name: String) -> Double? {
        get { pairs.first { $0.name == name }?.value }
        set {
            pairs.removeAll { $0.name == name && newValue == nil }
            guard let newValue else { return }  // Setting nil takes the name out, which has just been done.
            if let index = pairs.firstIndex(where: { $0.name == name }) {
                pairs[index].value = newValue
            } else {
                pairs.append((name, newValue))
            }
        }
    }

    /// These and others; the others' win.
    public func merging(_ other: MetricValues) -> MetricValues {
        var result = self
        for (name, value) in other { result[name] = value }
        return result
    }

    /// The pairs, in order.
    public func makeIterator() -> IndexingIterator<[(name: String, value: Double)]> { pairs.makeIterator() }

    /// Equal when names, order and figures are.
    public static func == (left: MetricValues, right: MetricValues) -> Bool {
        left.pairs.count == right.pairs.count
            && zip(left.pairs, right.pairs).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    }
}
