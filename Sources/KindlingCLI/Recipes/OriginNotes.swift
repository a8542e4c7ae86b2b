// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// A recipe in YAML, each value followed by a comment that says where it was written.
struct OriginNotes {
    private struct Line {
        var text: String
        var origin: Origin?
    }

    private let root: DeclaredValue
    private let words: (Origin) -> String

    /// - Parameter words: what to say of a place.
    init(_ root: DeclaredValue, words: @escaping (Origin) -> String) {
        self.root = root
        self.words = words
    }

    var text: String {
        let lines = lines(of: root)
        let width = min(60, lines.map { $0.origin == nil ? 0 : $0.text.count }.max() ?? 0)
        return lines.map { line in
            guard let origin = line.origin else { return line.text }
            return line.text + String(repeating: " ", count: max(0, width - line.text.count)) + "  # \(words(origin))"
        }.joined(separator: "\n")
    }

    private func lines(of value: DeclaredValue) -> [Line] {
        switch value.content {
        case .mapping(let entries):
            return entries.flatMap { entry -> [Line] in
                if isLeaf(entry.value) { return leaf(.mapping([entry]), entry.value.origin) }
                let none = DeclaredValue(.mapping([]), at: entry.keyOrigin)
                let bare = DeclaredValue.Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: none)
                let key = DeclaredValue(.mapping([bare]), at: entry.keyOrigin).yamlText.dropLast(" {}\n".count)
                return [Line(text: String(key))] + moved(lines(of: entry.value), head: "  ")
            }
        case .sequence(let items):
            return items.flatMap { item -> [Line] in
                isLeaf(item) ? leaf(.sequence([item]), item.origin) : moved(lines(of: item), head: "- ")
            }
        case .null, .scalar: return leaf(value.content, value.origin)
        }
    }

    private func isLeaf(_ value: DeclaredValue) -> Bool {
        switch value.content {
        case .null, .scalar: true
        case .sequence(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        }
    }

    /// A value's lines; only the first one can bear a comment, the others may be text.
    private func leaf(_ content: DeclaredValue.Content, _ origin: Origin) -> [Line] {
        let text = DeclaredValue(content, at: origin).yamlText.replacing("${", with: "$${")
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated().map {
            Line(text: String($0.element), origin: $0.offset == 0 ? origin : nil)
        }
    }

    private func moved(_ lines: [Line], head: String) -> [Line] {
        lines.enumerated().map { index, line in
            let indent = line.text.isEmpty ? "" : index == 0 ? head : "  "
            return Line(text: indent + line.text, origin: line.origin)
        }
    }
}
