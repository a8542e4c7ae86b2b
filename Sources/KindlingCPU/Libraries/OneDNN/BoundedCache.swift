// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Values that are dear to make, by what they were made for; the longest unused goes when there are too many.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        var lastUse: UInt64
    }
    private struct State {
        var entries: [Key: Entry] = [:]
        var clock: UInt64 = 0
    }
    private let capacity: Int
    private let state = Mutex(State())

    /// An empty cache of at most so many values.
    init(capacity: Int) { self.capacity = capacity }

    /// The value for the key; made, outside the lock, when there is none.
    func value<Failure: Error>(for key: Key, make: () throws(Failure) -> Value) throws(Failure) -> Value {
        let kept: Value? = state.withLock { state in
            state.clock += 1
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.entries.values[index].lastUse = state.clock
            return state.entries.values[index].value
        }
        if let kept { return kept }
        let made = try make()
        state.withLock { state in
            state.entries[key] = Entry(value: made, lastUse: state.clock)
            guard state.entries.count > capacity else { return }
            if let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
                state.entries[oldest] = nil
            }
        }
        return made
    }
}
