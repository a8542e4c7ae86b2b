// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A source of random numbers that is two numbers: a key, and how many draws were taken from it.
///
/// Streams are derived, not stored: `RandomStream(seed: 7)["shuffle"][epoch]` is the same stream wherever and whenever
/// it is derived, so nothing depends on the number of threads, on data workers, or on where a run was interrupted.
public struct RandomStream: Sendable, Hashable {
    private let key: UInt64
    private var draws: UInt64 = 0

    /// The stream that all of a run's streams are derived from.
    public init(seed: UInt64) { key = RandomStream.mix(0x6B69_6E64_6C69_6E67, seed, 0) }

    private init(key: UInt64) { self.key = key }

    /// The stream for a purpose: `"shuffle"`, `"dropout"`, a parameter's path.
    public subscript(purpose: String) -> RandomStream {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return RandomStream(key: RandomStream.mix(key, hash, 1))
    }

    /// The stream for a number: an epoch, a step, a sample.
    public subscript(index: Int) -> RandomStream {
        RandomStream(key: RandomStream.mix(key, UInt64(bitPattern: Int64(index)), 2))
    }

    private static func mix(_ key: UInt64, _ value: UInt64, _ tag: UInt64) -> UInt64 {
        // Far above any number of draws, so that no stream's key is among another's numbers.
        let block = Philox.block(key: key, counterLow: value, counterHigh: .max - tag)
        return UInt64(block[0]) | UInt64(block[1]) << 32
    }

    /// Key and stream number for the next tensor drawn.
    mutating func nextDraw() -> (key: UInt64, stream: UInt64) {
        defer { draws += 1 }
        return (key, draws)
    }

    /// The numbers 0 ..< count in random order (Fisher and Yates, as Durstenfeld 1964 has it).
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<max(0, count))
        guard count > 1 else { return order }
        let draw = nextDraw()
        // Two 64-bit words a block; a 64-bit word times n, upper half, is uniform to within n / 2⁶⁴.
        var words = SIMD4<UInt32>()
        var place: UInt64 = 0
        for index in stride(from: count - 1, to: 0, by: -1) {
            if place % 2 == 0 {
                words = Philox.block(key: draw.key, counterLow: place / 2, counterHigh: draw.stream)
            }
            let lane = Int(place % 2) * 2
            let word = UInt64(words[lane]) | UInt64(words[lane + 1]) << 32
            place += 1
            order.swapAt(index, Int(word.multipliedFullWidth(by: UInt64(index + 1)).high))
        }
        return order
    }
}
