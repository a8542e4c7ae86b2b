// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// A recipe's values one by one, under the keys that overrides and references name them by.
struct RecipeLeaves {
    /// One value that holds no others: a scalar, null, an empty list or mapping.
    struct Leaf {
        /// `model.layers.0.in_features`.
        let path: String
        let value: DeclaredValue
    }

    let leaves: [Leaf]

    init(_ root: DeclaredValue) {
        var leaves: [Leaf] = []
        RecipeLeaves.collect(root, "", &leaves)
        self.leaves = leaves
    }

    private static func collect(_ value: DeclaredValue, _ path: String, _ leaves: inout [Leaf]) {
        let stem = path.isEmpty ? "" : path + "."
        switch value.content {
        case .mapping(let entries) where !entries.isEmpty:
            for entry in entries { collect(entry.value, stem + entry.key, &leaves) }
        case .sequence(let items) where !items.isEmpty:
            for (index, item) in items.enumerated() { collect(item, "\(stem)\(index)", &leaves) }
        default: leaves.append(Leaf(path: path, value: value))
        }
    }

    /// The keys whose values differ between recipes, in the order in which they are met, with each recipe's value.
    static func differences(_ recipes: [DeclaredValue]) -> [(path: String, values: [DeclaredValue?])] {
        let all = recipes.map { RecipeLeaves($0).leaves }
        let byPath = all.map { Dictionary($0.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first }) }
        var seen: Set<String> = []
        let paths = all.joined().map(\.path).filter { seen.insert($0).inserted }
        return paths.compactMap { path in
            let values = byPath.map { $0[path] }
            let isSame = values.dropFirst().allSatisfy { value in
                guard let first = values[0], let value else { return values[0] == nil && value == nil }
                return first.isSame(as: value)
            }
            return isSame ? nil : (path, values)
        }
    }
}

extension DeclaredValue {
    /// A value on one line, as a person would say it.
    var shortText: String {
        switch content {
        case .null: "null"
        case .scalar(let text, _):
            text.unicodeScalars.contains { $0.value < 0x20 } ? JSON.text(text).line : text.isEmpty ? "\"\"" : text
        case .sequence(let items): items.isEmpty ? "[]" : summary
        case .mapping(let entries): entries.isEmpty ? "{}" : summary
        }
    }
}
