// SPDX-License-Identifier: Apache-2.0

extension RandomStream {
    /// The next number in 0 ..< 1, of 53 random bits.
    ///
    /// For single decisions; whole tensors are drawn by `Tensor.uniform` and its neighbours.
    public mutating func uniform() -> Double { Double(nextWord() >> 11) * 0x1p-53 }

    /// The next whole number in 0 ..< bound, uniform to within bound / 2⁶⁴; 0 where the bound is below 1.
    public mutating func whole(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        return Int(nextWord().multipliedFullWidth(by: UInt64(bound)).high)
    }

    private mutating func nextWord() -> UInt64 {
        let draw = nextDraw()
        let block = Philox.block(key: draw.key, counterLow: 0, counterHigh: draw.stream)
        return UInt64(block[0]) | UInt64(block[1]) << 32
    }
}
