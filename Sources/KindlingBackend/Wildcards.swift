// SPDX-License-Identifier: Apache-2.0

/// Whether a text is meant by a pattern in which `any` stands for any run of elements and `one` for a single one.
///
/// Only the last `any` is looked back to, so that no pattern takes longer than its length times the text's.
package func matchesWildcards<Element: Equatable>(
    _ text: [Element], _ pattern: [Element], any: Element, one: Element
) -> Bool {
    var (place, next) = (0, 0)
    var retry: (place: Int, next: Int)?
    while next < text.count {
        if place < pattern.count, pattern[place] == any {
            retry = (place + 1, next)
            place += 1
        } else if place < pattern.count, pattern[place] == one || pattern[place] == text[next] {
            place += 1
            next += 1
        } else if let last = retry {
            retry = (last.place, last.next + 1)
            (place, next) = (last.place, last.next + 1)
        } else {
            return false
        }
    }
    return pattern[place...].allSatisfy { $0 == any }
}
