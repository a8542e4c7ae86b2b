// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine
internal import KindlingNN

/// Where each weight of a module lies in a file, by the rules of Keras 3's `.weights.h5`: a group for each member,
/// `layers/dense_1` for the second linear layer of a sequence, and in it `vars/0`, `vars/1`, ….
struct KerasLayout {
    /// One weight's place.
    struct Entry {
        /// The dataset's path.
        let path: String
        /// The weight's name here: `0.weight`.
        let name: String
        /// The weight.
        let weight: KerasWeight
    }

    private(set) var entries: [Entry] = []
    /// Every group that Keras expects, also of layers without weights.
    private(set) var groups: [String] = []

    /// The layout of a module's weights, with the module at the root.
    init(_ root: any Module) { visit(root, group: "", prefix: "") }

    private mutating func visit(_ module: any Module, group: String, prefix: String) {
        let vars = group.isEmpty ? "vars" : "\(group)/vars"
        groups.append(vars)
        for (index, weight) in module.kerasWeights.enumerated() {
            let name = memberName(of: weight.content, in: module)
            entries.append(Entry(path: "\(vars)/\(index)", name: join(prefix, name, "."), weight: weight))
        }
        var counts: [String: Int] = [:]
        for member in module.members {
            guard case .module(let inner) = member.content else { continue }
            let container = containerName(of: member.name)
            let place: String
            if let container {
                // Members of a list are named by their kind, and numbered among those of one kind.
                let key = "\(container)/\(inner.kerasName)"
                let number = counts[key, default: 0]
                counts[key] = number + 1
                place = number == 0 ? key : "\(key)_\(number)"
            } else {
                place = member.name
            }
            visit(inner, group: join(group, place, "/"), prefix: join(prefix, member.name, "."))
        }
    }

    /// `layers` for a member of a sequence, `blocks` for `blocks.3`, nil for a member with a name of its own.
    private func containerName(of name: String) -> String? {
        let parts = name.split(separator: ".")
        guard let last = parts.last, last.allSatisfy(\.isNumber) else { return nil }
        return parts.count == 1 ? "layers" : parts.dropLast().joined(separator: "/")
    }

    private func memberName(of content: ModuleMember.Content, in module: any Module) -> String {
        for member in module.members {
            switch (member.content, content) {
            case (.parameter(let mine), .parameter(let wanted)) where mine === wanted: return member.name
            case (.buffer(let mine), .buffer(let wanted)) where mine === wanted: return member.name
            default: continue
            }
        }
        return "weight"
    }

    private func join(_ left: String, _ right: String, _ separator: String) -> String {
        left.isEmpty ? right : "\(left)\(separator)\(right)"
    }
}
