// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The tags of YAML's core schema, the only ones that recipes know.
enum YAMLTag {
    private static let prefix = "tag:yaml.org,2002:"

    /// What a scalar is: nothing, or text that stood in quotes or did not.
    static func scalar(
        _ text: String, isPlain: Bool, tag: String?, at origin: Origin, _ problems: inout [Problem]
    ) -> DeclaredValue.Content {
        switch tag {
        case nil:
            // Text over several lines is no number, whatever the reader of the written-out recipe thinks of it.
            guard isPlain, PlainText.isPossible(text) || PlainText.meaning(of: text) == .null else {
                return .scalar(text, quoted: true)
            }
            return PlainText.meaning(of: text) == .null ? .null : .scalar(text, quoted: false)
        case "!", prefix + "str": return .scalar(text, quoted: true)
        case .some(let tag) where [prefix + "int", prefix + "float", prefix + "bool"].contains(tag):
            // Nothing at all is no number, whatever it is said to be.
            guard PlainText.meaning(of: text) != .null else {
                report(tag, at: origin, &problems)
                return .null
            }
            return .scalar(text, quoted: false)
        case prefix + "null": return .null
        case .some(let tag):
            report(tag, at: origin, &problems)
            return .scalar(text, quoted: !isPlain)
        }
    }

    /// Notes a tag that does not fit a collection.
    static func check(_ kind: OpenCollection.Kind, tag: String?, at origin: Origin, _ problems: inout [Problem]) {
        let own = prefix + (kind == .sequence ? "seq" : "map")
        if let tag, tag != "!", tag != own { report(tag, at: origin, &problems) }
    }

    private static func report(_ tag: String, at origin: Origin, _ problems: inout [Problem]) {
        let shown = tag.hasPrefix(prefix) ? "!!\(tag.dropFirst(prefix.count))" : tag
        let known = ["str", "int", "float", "bool", "null", "seq", "map"]
        let isCore = tag.hasPrefix(prefix) && known.contains(String(tag.dropFirst(prefix.count)))
        let message =
            isCore
            ? "the tag '\(shown)' does not fit what follows"
            : "the tag '\(shown)' is not known; a component is named with {type: NAME}"
        problems.append(Problem(at: origin, message))
    }
}
