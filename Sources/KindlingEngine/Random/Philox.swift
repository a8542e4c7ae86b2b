// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Philox4x32-10: four random words for each counter and key (Salmon et al., "Parallel random numbers: as easy as 1, 2,
/// 3", 2011).
///
/// The same words as every backend's `random` request.
enum Philox {
    static func block(key: UInt64, counterLow: UInt64, counterHigh: UInt64) -> SIMD4<UInt32> {
        var counter = SIMD4<UInt32>(
            UInt32(truncatingIfNeeded: counterLow), UInt32(truncatingIfNeeded: counterLow >> 32),
            UInt32(truncatingIfNeeded: counterHigh), UInt32(truncatingIfNeeded: counterHigh >> 32))
        var key0 = UInt32(truncatingIfNeeded: key)
        var key1 = UInt32(truncatingIfNeeded: key >> 32)
        for _ in 0..<10 {
            let first = UInt64(counter[0]) &* 0xD251_1F53
            let second = UInt64(counter[2]) &* 0xCD9E_8D57
            counter = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key0, UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key1, UInt32(truncatingIfNeeded: first))
            key0 &+= 0x9E37_79B9
            key1 &+= 0xBB67_AE85
        }
        return counter
    }
}
