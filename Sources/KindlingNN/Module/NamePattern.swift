// SPDX-License-Identifier: Apache-2.0

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
                    next[count] = reachable[count - 1] && NamePattern.matches(names[count - 1], part)
                }
            }
            reachable = next
        }
        return reachable.dropFirst().contains(true)
    }

    private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        // One star is remembered at a time: what the last one stands for grows until the rest fits.
        var (place, at, star, resume) = (0, 0, -1, 0)
        while place < text.count {
            if at < pattern.count, pattern[at] == "*" {
                (star, resume) = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[place] {
                place += 1
                at += 1
            } else if star >= 0 {
                resume += 1
                (place, at) = (resume, star + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
