// SPDX-License-Identifier: Apache-2.0

/// Random numbers by counter: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
///
/// A block of four words is Philox with key words (key low, key high) and counter words
/// (block low, block high, stream low, stream high). Every device gives the same words, and so the same numbers up to
/// rounding in `log`, `sin` and `cos`.
///
/// Uniform numbers in [0, 1): in float32 (and the types stored from it, and integers) element `i` is
/// (word `i % 4` of block `i / 4` >> 8) · 2⁻²⁴. In float64 element `i` takes words `2 (i % 2)` (high) and
/// `2 (i % 2) + 1` (low) of block `i / 2` as one 64-bit number n: (n >> 11) · 2⁻⁵³.
///
/// Normal numbers (Box and Muller 1958): elements `2 j` and `2 j + 1` come from the uniforms u, v of those elements:
/// r = √(−2 ln (1 − u)), then r cos 2πv and r sin 2πv.
public struct RandomFill: Sendable, Hashable {
    /// Which numbers.
    public enum Distribution: Sendable, Hashable {
        /// Evenly in [low, high).
        case uniform(low: Double, high: Double)
        /// By Gauss' bell curve.
        case normal(mean: Double, standardDeviation: Double)
        /// 1 with a probability, else 0: uniform < probability.
        case bernoulli(probability: Double)
    }

    /// Which numbers.
    public let distribution: Distribution
    /// The key: what the seed and the purpose were mixed into.
    public let key: UInt64
    /// The upper half of the counter: one for each draw from the key.
    public let stream: UInt64

    /// Describes a draw.
    public init(_ distribution: Distribution, key: UInt64, stream: UInt64) {
        self.distribution = distribution
        self.key = key
        self.stream = stream
    }
}
