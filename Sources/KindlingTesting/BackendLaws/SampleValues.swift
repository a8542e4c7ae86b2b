// SPDX-License-Identifier: Apache-2.0

/// Numbers for samples, the same on every machine: each depends on the seed and its place alone.
enum SampleValues: Sendable {
    /// Evenly between two numbers.
    case uniform(Double, Double, seed: UInt64)
    /// Whole numbers from the first to the last.
    case whole(Int, Int, seed: UInt64)
    /// The numbers given, over and over.
    case listed([Double])

    /// The number at a place.
    func number(at place: Int) -> Double {
        switch self {
        case .uniform(let low, let high, let seed):
            return low + (high - low) * Double(SampleValues.mixed(seed, place) >> 11) * 0x1p-53
        case .whole(let first, let last, let seed):
            return Double(first + Int(SampleValues.mixed(seed, place) >> 1) % (last - first + 1))
        case .listed(let numbers): return numbers.isEmpty ? 0 : numbers[place % numbers.count]
        }
    }

    /// The finaliser of SplitMix64 (Steele and others, 2014) over a counter.
    private static func mixed(_ seed: UInt64, _ place: Int) -> UInt64 {
        var word = seed &* 0xD134_2543_DE82_EF95 &+ UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
