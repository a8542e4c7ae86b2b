// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A mapping or list whose end has not been met yet.
struct OpenCollection {
    enum Kind {
        case sequence, mapping

        var word: String { self == .sequence ? "list" : "mapping" }
    }

    private struct Key {
        let text: String
        let origin: Origin
        let isMerge: Bool
        let isRepeated: Bool
    }

    let anchor: String?
    let nodesBefore: Int
    private(set) var height = 0
    private let kind: Kind
    private let origin: Origin
    private var items: [DeclaredValue] = []
    private var entries: [DeclaredValue.Entry] = []
    private var places: [String: Int] = [:]
    private var key: Key?
    private var merges: [(position: Int, value: DeclaredValue)] = []
    private var mergeOrigin: Origin?

    init(_ kind: Kind, anchor: String?, nodesBefore: Int, at origin: Origin) {
        self.kind = kind
        self.anchor = anchor
        self.nodesBefore = nodesBefore
        self.origin = origin
    }

    /// Whether what comes next is a key.
    var awaitsKey: Bool { kind == .mapping && key == nil }

    /// Takes a key; a second one of the same text is noted, and its value dropped.
    mutating func begin(key text: String, isMerge: Bool, at origin: Origin, _ problems: inout [Problem]) {
        let first = isMerge ? mergeOrigin : places[text].map { entries[$0].keyOrigin }
        if let first {
            problems.append(
                Problem(
                    at: origin, "'\(text)' is here twice; keep one\(isMerge ? ", or write <<: [*a, *b]" : "")",
                    notes: [Problem.Note(at: first, "the first is here")]))
        }
        if isMerge { mergeOrigin = origin }
        key = Key(text: text, origin: origin, isMerge: isMerge, isRepeated: first != nil)
    }

    /// Takes a list's item or the value of the key before.
    mutating func take(_ value: SizedValue) {
        height = max(height, value.height)
        guard let key else { return items.append(value.value) }
        self.key = nil
        if key.isRepeated { return }
        if key.isMerge { return merges.append((entries.count, value.value)) }
        places[key.text] = entries.count
        entries.append(DeclaredValue.Entry(key: key.text, keyOrigin: key.origin, value: value.value))
    }

    /// The whole value, now that the end is reached.
    func close(_ problems: inout [Problem]) -> DeclaredValue {
        if kind == .sequence { return DeclaredValue(.sequence(items), at: origin) }
        guard let merge = merges.first else { return DeclaredValue(.mapping(entries), at: origin) }
        // The mapping's own keys win over merged ones, and earlier merged ones over later (yaml.org/type/merge.html).
        var taken = Set(entries.map(\.key))
        let merged = sources(of: merge.value, &problems).flatMap { $0 }.filter { taken.insert($0.key).inserted }
        return DeclaredValue(
            .mapping(entries[..<merge.position] + merged + entries[merge.position...]), at: origin)
    }

    private func sources(of value: DeclaredValue, _ problems: inout [Problem]) -> [[DeclaredValue.Entry]] {
        switch value.content {
        case .mapping(let entries): return [entries]
        case .sequence(let items) where items.allSatisfy({ if case .mapping = $0.content { true } else { false } }):
            return items.flatMap { sources(of: $0, &problems) }
        case .null, .scalar, .sequence:
            let place = mergeOrigin ?? value.origin
            problems.append(Problem(at: place, "'<<' takes a mapping or a list of mappings, found \(value.summary)"))
            return []
        }
    }
}
