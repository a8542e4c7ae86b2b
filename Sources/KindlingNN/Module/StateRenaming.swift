// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// How the names of another framework's state become those of a module here.
///
/// Rules are tried in order, each on what the one before gave. What a rule names is a run of whole parts between dots,
/// anywhere in the name; one `*` in a part stands for any letters of that part and is kept where the new name has one.
///
///     let renaming = StateRenaming([.rename("encoder_layer_*", "*"), .drop("num_batches_tracked")])
///     renaming.name(for: "layers.encoder_layer_3.weight")     // "layers.3.weight"
///     try net.load(stateDictionary: renaming.applied(to: tensors))
public struct StateRenaming: Sendable, Hashable {
    /// One step of the renaming.
    public enum Rule: Sendable, Hashable {
        /// Puts parts in the place of others, once.
        case rename(String, String)
        /// Leaves the value out.
        case drop(String)
        /// Makes several values of one: equal stretches of its first axis.
        case split(String, [String])
        /// Makes one value of several, one behind the other along the first axis; those that are not all there stay.
        case join([String], String)
    }

    /// The rules, in order.
    public let rules: [Rule]

    /// A renaming by rules.
    public init(_ rules: [Rule]) { self.rules = rules }

    /// The same rules with others behind them.
    public func adding(_ more: [Rule]) -> StateRenaming { StateRenaming(rules + more) }

    /// Names as they are.
    public static let none = StateRenaming([])

    /// PyTorch's names of running statistics; how many batches they saw is left out.
    public static let pytorchBatchNorm = StateRenaming([
        .drop("num_batches_tracked"), .rename("running_mean", "runningMean"),
        .rename("running_var", "runningVariance"),
    ])

    /// The way back, as far as there is one: what is left out on the way here is not there.
    ///
    ///     try net.save(safetensors: path, renaming: ResNet.torchvisionNames.reversed)      // for PyTorch
    public var reversed: StateRenaming {
        StateRenaming(
            rules.reversed().compactMap { rule in
                switch rule {
                case .rename(let old, let new): .rename(new, old)
                case .drop: nil
                case .split(let old, let new): .join(new, old)
                case .join(let old, let new): .split(new, old)
                }
            })
    }

    /// What a name becomes; nil when its value is left out.
    ///
    /// Of a value that is split, the first part's name. One that is joined with others keeps its name.
    public func name(for name: String) -> String? {
        rules.reduce([name]) { names, rule in names.flatMap { StateRenaming.names(for: $0, rule) } }.first
    }

    /// The values under their new names, in order.
    /// - Throws: `TensorError` when a value cannot be split into equal stretches, or values cannot be joined.
    public func applied(to entries: [(name: String, value: Tensor)]) throws -> [(name: String, value: Tensor)] {
        try rules.reduce(entries) { entries, rule in
            if case .join(let old, let new) = rule { return try StateRenaming.joined(entries, old, into: new) }
            return try entries.flatMap { entry in
                let names = StateRenaming.names(for: entry.name, rule)
                return Array(zip(names, try StateRenaming.stretches(of: entry, names.count))).map { ($0, $1) }
            }
        }
    }

    private static func names(for name: String, _ rule: Rule) -> [String] {
        switch rule {
        case .rename(let old, let new): [replace(old, with: new, in: name) ?? name]
        case .drop(let old): replace(old, with: "", in: name) == nil ? [name] : []
        case .split(let old, let new):
            replace(old, with: "", in: name) == nil ? [name] : new.compactMap { replace(old, with: $0, in: name) }
        case .join: [name]
        }
    }

    private static func stretches(of entry: (name: String, value: Tensor), _ count: Int) throws -> [Tensor] {
        guard count > 1 else { return [entry.value] }
        guard entry.value.rank >= 1, entry.value.shape[0].isMultiple(of: count) else {
            throw TensorError(
                .shapeMismatch, operation: "renaming",
                "'\(entry.name)' of shape \(entry.value.shape) does not fall into \(count) equal stretches",
                remedy: "rename it to what the module calls it, without splitting")
        }
        let sizes = Array(repeating: entry.value.shape[0] / count, count: count)
        return try withTensorErrors { entry.value.split(into: sizes, along: 0) }
    }

    private static func joined(
        _ entries: [(name: String, value: Tensor)], _ parts: [String], into pattern: String
    ) throws -> [(name: String, value: Tensor)] {
        // The whole's name and the part's number, for each entry that is a part.
        let targets = entries.map { entry in
            parts.indices.lazy.compactMap { part in
                replace(parts[part], with: pattern, in: entry.name).map { (whole: $0, part: part) }
            }.first
        }
        var found: [String: [Int: Tensor]] = [:]
        for (entry, target) in zip(entries, targets) {
            if let target { found[target.whole, default: [:]][target.part] = entry.value }
        }
        return try zip(entries, targets).compactMap { entry, target in
            guard let target, let all = found[target.whole], all.count == parts.count else { return entry }
            guard target.part == 0 else { return nil }  // the whole stands where its first part stood
            let values = parts.indices.compactMap { all[$0] }
            return (target.whole, try withTensorErrors { Tensor.concatenated(values, along: 0) })
        }
    }

    /// The name with the first run of parts that a pattern names replaced, or nil when there is none.
    private static func replace(_ pattern: String, with new: String, in name: String) -> String? {
        let (wanted, parts) = (pattern.split(separator: "."), name.split(separator: "."))
        guard !wanted.isEmpty, wanted.count <= parts.count else { return nil }
        for start in 0...(parts.count - wanted.count) {
            var kept = ""
            let fits = zip(wanted, parts[start...]).allSatisfy { wanted, part in
                guard let star = wanted.firstIndex(of: "*") else { return wanted == part }
                let (before, after) = (wanted[..<star], wanted[wanted.index(after: star)...])
                guard part.count > before.count + after.count, part.hasPrefix(before), part.hasSuffix(after) else {
                    return false
                }
                kept = String(part.dropFirst(before.count).dropLast(after.count))
                return true
            }
            guard fits else { continue }
            let replacement = String(new.flatMap { $0 == "*" ? Array(kept) : [$0] })
            return
                (parts[..<start].map(String.init) + [replacement] + parts[(start + wanted.count)...].map(String.init))
                .joined(separator: ".")
        }
        return nil
    }
}
