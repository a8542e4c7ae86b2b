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

    /// What a name becomes; nil when its value is left out.
    ///
    /// Of a value that is split, the first part's name.
    public func name(for name: String) -> String? { names(for: name).first }

    /// The values under their new names, in order.
    /// - Throws: `TensorError` when a value cannot be split into equal stretches.
    public func applied(to entries: [(name: String, value: Tensor)]) throws -> [(name: String, value: Tensor)] {
        var result: [(name: String, value: Tensor)] = []
        for (name, value) in entries {
            let names = names(for: name)
            guard names.count > 1 else {
                if let only = names.first { result.append((only, value)) }
                continue
            }
            guard value.rank >= 1, value.shape[0].isMultiple(of: names.count) else {
                throw TensorError(
                    .shapeMismatch, operation: "renaming",
                    "'\(name)' of shape \(value.shape) does not fall into \(names.count) equal stretches",
                    remedy: "rename it to what the module calls it, without splitting")
            }
            let sizes = names.map { _ in value.shape[0] / names.count }
            let parts = try withTensorErrors { value.split(into: sizes, along: 0) }
            result += zip(names, parts).map { (name: $0, value: $1) }
        }
        return result
    }

    private func names(for name: String) -> [String] {
        rules.reduce([name]) { names, rule in
            names.flatMap { name in
                switch rule {
                case .rename(let old, let new): [StateRenaming.replace(old, with: new, in: name) ?? name]
                case .drop(let old): StateRenaming.replace(old, with: "", in: name) == nil ? [name] : []
                case .split(let old, let new):
                    StateRenaming.replace(old, with: "", in: name) == nil
                        ? [name] : new.compactMap { StateRenaming.replace(old, with: $0, in: name) }
                }
            }
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
