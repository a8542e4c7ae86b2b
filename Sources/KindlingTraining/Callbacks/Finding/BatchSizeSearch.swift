// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// How ``BatchSizeFinder`` goes from one size to the next.
public enum BatchSizeSearchMode: String, FieldChoice, Sendable {
    /// Twice the last one, until one does not fit.
    case doubling
    /// Twice the last one until one does not fit, then halfway between.
    case binary
}

/// Which batch size to try next, from what became of the last one.
struct BatchSizeSearch {
    let mode: BatchSizeSearchMode
    let largest: Int
    private(set) var trials = 0
    /// The largest that fits; nil when none did.
    private(set) var fitting: Int?
    /// The smallest that does not.
    private var failing: Int?
    private var size: Int

    init(_ mode: BatchSizeSearchMode, first: Int, largest: Int) {
        self.mode = mode
        self.largest = max(1, largest)
        size = min(max(1, first), self.largest)
    }

    /// The size to try; nil when the search is over.
    /// - Parameter limit: How many sizes may be tried.
    func next(limit: Int) -> Int? { trials < limit && size != fitting && size != failing ? size : nil }

    /// Notes what became of the size.
    mutating func note(fits: Bool) {
        trials += 1
        if fits { fitting = max(fitting ?? 0, size) } else { failing = min(failing ?? .max, size) }
        switch (fitting, failing) {
        case (let good?, nil): size = min(largest, good > largest / 2 ? largest : good * 2)
        case (nil, let bad?): size = max(1, bad / 2)
        case (let good?, let bad?): size = mode == .binary ? good + (bad - good) / 2 : good
        case (nil, nil): break
        }
    }
}
