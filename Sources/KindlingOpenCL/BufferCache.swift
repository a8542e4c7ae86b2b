// SPDX-License-Identifier: Apache-2.0

/// Buffers that were given back, by size class, so that a training step finds last step's memory again.
///
/// A size class is the next of eight steps between two powers of two, at least 256 bytes: at most an eighth is wasted.
/// Reuse needs no waiting: the device's one queue runs in order, so whoever gets a buffer works after whoever had it.
struct BufferCache: ~Copyable {
    private var free: [Int: [UInt]] = [:]
    /// Bytes of buffers in use.
    private(set) var usedBytes = 0
    /// Bytes of buffers that wait for reuse.
    private(set) var cachedBytes = 0

    /// The size class of an allocation.
    static func sizeClass(_ byteCount: Int) -> Int {
        guard byteCount > 256 else { return 256 }
        let step = max(32, 1 << (Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount - 3))
        return (byteCount + step - 1) / step * step
    }

    /// A waiting buffer of that size class, if there is one.
    mutating func take(_ sizeClass: Int) -> UInt? {
        guard let handle = free[sizeClass]?.popLast() else { return nil }
        cachedBytes -= sizeClass
        usedBytes += sizeClass
        return handle
    }

    /// Counts a buffer that was made anew.
    mutating func noteNew(_ sizeClass: Int) { usedBytes += sizeClass }

    /// Keeps a buffer that is not needed any more.
    mutating func give(_ handle: UInt, _ sizeClass: Int) {
        free[sizeClass, default: []].append(handle)
        usedBytes -= sizeClass
        cachedBytes += sizeClass
    }

    /// Empties the cache and returns what was in it, to be freed.
    mutating func drain() -> [UInt] {
        let handles = free.values.flatMap(\.self)
        free = [:]
        cachedBytes = 0
        return handles
    }
}
