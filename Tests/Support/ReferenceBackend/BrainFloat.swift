// SPDX-License-Identifier: Apache-2.0

/// A bfloat16: the upper half of a float32.
struct BrainFloat {
    /// Sign, eight bits of exponent, seven of mantissa.
    private let bits: UInt16

    /// Rounds to the nearest, halves to even.
    ///
    /// NaN stays NaN.
    init(_ number: Float) {
        let pattern = number.bitPattern
        if number.isNaN {
            bits = UInt16(pattern >> 16) | 0x40
            return
        }
        let half: UInt32 = 0x7FFF + (pattern >> 16 & 1)
        bits = UInt16(truncatingIfNeeded: (pattern &+ half) >> 16)
    }

    /// The number it stands for.
    var value: Double { Double(Float(bitPattern: UInt32(bits) << 16)) }
}
