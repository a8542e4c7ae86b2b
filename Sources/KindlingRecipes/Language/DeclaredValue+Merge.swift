// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension DeclaredValue {
    /// This value laid over another: mappings key by key, everything else replaces what was there.
    ///
    /// A mapping whose `type` differs is another component and replaces the whole, or the fields of the one would be
    /// handed to the other. Keys keep the order of the lower value; new ones follow.
    func laid(over base: DeclaredValue) -> DeclaredValue {
        guard case .mapping(let upper) = content, case .mapping(let lower) = base.content else { return self }
        if let own = self["type"], let other = base["type"], !own.isSame(as: other) { return self }
        var merged = lower
        var places: [String: Int] = [:]
        for (index, entry) in lower.enumerated() { places[entry.key] = index }
        for entry in upper {
            if let place = places[entry.key] {
                merged[place] = Entry(
                    key: entry.key, keyOrigin: entry.keyOrigin, value: entry.value.laid(over: merged[place].value))
            } else {
                merged.append(entry)
            }
        }
        return DeclaredValue(.mapping(merged), at: origin)
    }

    /// Whether two values say the same, wherever they were written.
    ///
    /// Quotes count only around text that is something else without them: `"10"` is not `10`, but `"fast"` is `fast`.
    public func isSame(as other: DeclaredValue) -> Bool {
        switch (content, other.content) {
        case (.null, .null): return true
        case (.scalar(let text, let quoted), .scalar(let otherText, let otherQuoted)):
            if text != otherText { return false }
            if quoted == otherQuoted { return true }
            let meaning = PlainText.meaning(of: text)
            return meaning == .text || meaning == .ambiguous
        case (.sequence(let items), .sequence(let others)):
            return items.count == others.count && zip(items, others).allSatisfy { $0.isSame(as: $1) }
        case (.mapping(let entries), .mapping(let others)):
            return entries.count == others.count
                && zip(entries, others).allSatisfy { $0.key == $1.key && $0.value.isSame(as: $1.value) }
        default: return false
        }
    }
}
