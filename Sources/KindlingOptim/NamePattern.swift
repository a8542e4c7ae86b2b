// SPDX-License-Identifier: Apache-2.0
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
        isPath ? name == text || name.hasPrefix(text + ".") : matchesWhole(Array(name.utf8))
    }

    /// Looks back only to the last star, so that no pattern takes longer than its length times the name's.
    private func matchesWhole(_ name: [UInt8]) -> Bool {
        let star = UInt8(ascii: "*"), one = UInt8(ascii: "?")
        var (place, next) = (0, 0)
        var retry: (place: Int, next: Int)?
        while next < name.count {
            if place < bytes.count, bytes[place] == star {
                retry = (place + 1, next)
                place += 1
            } else if place < bytes.count, bytes[place] == one || bytes[place] == name[next] {
                place += 1
                next += 1
            } else if let last = retry {
                retry = (last.place, last.next + 1)
                (place, next) = (last.place, last.next + 1)
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == star }
    }
}
