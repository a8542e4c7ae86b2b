// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Which names are meant: `encoder.layers.*.weight`, as people write file names.
///
/// `*` stands for any letters of one part, `?` for one letter, `**` for any number of parts. A pattern that names a
/// module means everything inside: `encoder` means `encoder.layers.0.weight`, too.
public struct NamePattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The pattern as it was written.
    public let description: String
    private let parts: [[Character]]

    /// Reads a pattern; every text is one.
    public init(_ text: String) {
        description = text
        parts = text.split(separator: ".", omittingEmptySubsequences: false).map(Array.init)
    }

    /// A pattern written in code.
    public init(stringLiteral text: String) { self.init(text) }

    /// Whether a name is meant.
    public func matches(_ name: String) -> Bool {
        let names = name.split(separator: ".", omittingEmptySubsequences: false).map(Array.init)
        // reachable[i]: the parts of the pattern so far can stand for the first i parts of the name.
        var reachable = [true] + names.map { _ in false }
        for part in parts {
            var next = reachable.map { _ in false }
            for count in reachable.indices {
                if part == ["*", "*"] {
                    next[count] = reachable[count] || (count > 0 && next[count - 1])
                } else if count > 0 {
                    next[count] = reachable[count - 1] && matchesWildcards(names[count - 1], part, any: "*", one: "?")
                }
            }
            reachable = next
        }
        return reachable.dropFirst().contains(true)
    }
}
