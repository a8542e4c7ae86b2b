// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension DeclaredValue {
    /// This value laid over another: mappings key by key, everything else replaces what was there.
    ///
    /// A mapping whose `type` differs is another component and replaces the whole, or the fields of the one would be
    /// handed to the other. Keys keep the order of the lower value; new ones follow.
    func laid(over base: DeclaredValue) -> DeclaredValue {
        guard case .mapping(let upper) = content, case .mapping(let lower) = base.inFull.content else { return self }
        if let own = self["type"], let other = base.inFull["type"], !own.isSame(as: other) { return self }
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

    /// A component's name alone, `Adam`, written out: `{type: Adam}`; everything else as it is.
    ///
    /// Only names are taken for components': an upper-case letter, then letters and digits. Where such a text was no
    /// component, what is laid over it would be a mistake either way.
    var inFull: DeclaredValue {
        guard case .scalar(let text, quoted: false) = content, let first = text.utf8.first,
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) })
        else { return self }
        return DeclaredValue(.mapping([Entry(key: "type", keyOrigin: origin, value: self)]), at: origin)
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
