// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A path and all below it, or, with `*` and `?`, a pattern for whole names.
struct NamePattern: Sendable, Hashable {
    let text: String
    private let bytes: [UInt8]
    private let isPath: Bool

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        isPath = !text.contains { $0 == "*" || $0 == "?" }
    }

    /// Whether a name is meant.
    func matches(_ name: String) -> Bool {
        isPath
            ? name == text || name.hasPrefix(text + ".")
            : matchesWildcards(Array(name.utf8), bytes, any: UInt8(ascii: "*"), one: UInt8(ascii: "?"))
    }
}
