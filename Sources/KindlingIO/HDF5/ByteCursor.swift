// SPDX-License-Identifier: Apache-2.0

/// Reads little-endian integers and stretches from bytes that nobody has vouched for; past the end it gives nil.
struct ByteCursor {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    /// The next 1, 2, 4 or 8 bytes as an integer.
    mutating func integer(_ size: Int) -> UInt64? {
        guard let part = take(size) else { return nil }
        return part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The next integer, where it must be usable as a count.
    mutating func count(_ size: Int) -> Int? { integer(size).flatMap { Int(exactly: $0) } }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// Takes a stretch that is padded to a multiple of `alignment`.
    mutating func take(_ count: Int, paddedTo alignment: Int) -> ArraySlice<UInt8>? {
        guard let part = take(count) else { return nil }
        let padding = (alignment - count % alignment) % alignment
        return take(padding) == nil ? nil : part
    }
}
