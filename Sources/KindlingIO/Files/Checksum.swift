// SPDX-License-Identifier: Apache-2.0

/// XXH64, a fast 64-bit hash that finds damage; it is no protection against forgery.
///
/// Little-endian 64-bit words go round-robin into four accumulators, `acc = rotl(acc + word · P2, 31) · P1`, which
/// are merged at the end together with the length and the bytes left over (Collet, "xxHash fast digest algorithm",
/// version 0.1.1, section XXH64). Any XXH64 implementation gives the same value: in Python,
/// `xxhash.xxh64(data, seed=0).hexdigest()`.
public struct Checksum: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private let seed: UInt64
    private var accumulators: SIMD4<UInt64>
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    /// The hash of nothing yet.
    public init(seed: UInt64 = 0) {
        self.seed = seed
        accumulators = SIMD4(
            seed &+ Self.prime1 &+ Self.prime2, seed &+ Self.prime2, seed, seed &- Self.prime1)
    }

    /// The hash of some bytes.
    public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        var checksum = Checksum(seed: seed)
        checksum.update(bytes)
        return checksum.value
    }

    /// The hash of a text's UTF-8.
    public static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
        Array(text.utf8).withUnsafeBytes { of($0, seed: seed) }
    }

    /// Takes in more bytes.
    ///
    /// How they are split over calls does not matter.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var rest = bytes
        if !pending.isEmpty {
            let missing = min(32 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(missing))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(missing))
            guard pending.count == 32 else { return }
            let block = pending
            block.withUnsafeBytes { absorb($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count & ~31
        absorb(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        pending.append(contentsOf: rest.dropFirst(whole))
    }

    /// The hash of everything taken in so far.
    public var value: UInt64 {
        let (a, b, c, d) = (accumulators[0], accumulators[1], accumulators[2], accumulators[3])
        var hash: UInt64
        if length >= 32 {
            hash = Self.rotate(a, 1) &+ Self.rotate(b, 7) &+ Self.rotate(c, 12) &+ Self.rotate(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4 }
        } else {
            hash = seed &+ Self.prime5
        }
        hash = Self.finish(hash &+ length, pending)
        hash = (hash ^ (hash >> 33)) &* Self.prime2
        hash = (hash ^ (hash >> 29)) &* Self.prime3
        return hash ^ (hash >> 32)
    }

    /// A hash in sixteen hexadecimal digits, as files and messages have it.
    public static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        var (a, b, c, d) = (accumulators[0], accumulators[1], accumulators[2], accumulators[3])
        var offset = 0
        while offset < bytes.count {
            a = Self.round(a, Self.word(bytes, offset))
            b = Self.round(b, Self.word(bytes, offset + 8))
            c = Self.round(c, Self.word(bytes, offset + 16))
            d = Self.round(d, Self.word(bytes, offset + 24))
            offset += 32
        }
        accumulators = SIMD4(a, b, c, d)
    }

    private static func finish(_ start: UInt64, _ tail: [UInt8]) -> UInt64 {
        var hash = start
        var index = 0
        func integer(_ size: Int) -> UInt64 {
            (0..<size).reduce(0) { $0 | UInt64(tail[index + $1]) << UInt64(8 * $1) }
        }
        while index + 8 <= tail.count {
            hash = rotate(hash ^ round(0, integer(8)), 27) &* prime1 &+ prime4
            index += 8
        }
        if index + 4 <= tail.count {
            hash = rotate(hash ^ (integer(4) &* prime1), 23) &* prime2 &+ prime3
            index += 4
        }
        while index < tail.count {
            hash = rotate(hash ^ (UInt64(tail[index]) &* prime5), 11) &* prime1
            index += 1
        }
        return hash
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func round(_ accumulator: UInt64, _ word: UInt64) -> UInt64 {
        rotate(accumulator &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
}
