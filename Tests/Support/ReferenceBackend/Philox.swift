// SPDX-License-Identifier: Apache-2.0

/// Four words that depend on key and counter alone: Philox4x32-10, by Salmon and others, 2011.
public func philox(key: UInt64, block: UInt64, stream: UInt64) -> [UInt32] {
    var words = [block.low, block.high, stream.low, stream.high]
    var keys = (key.low, key.high)
    for _ in 0..<10 {
        let first = UInt64(words[0]) * 0xD251_1F53
        let second = UInt64(words[2]) * 0xCD9E_8D57
        words = [second.high ^ words[1] ^ keys.0, second.low, first.high ^ words[3] ^ keys.1, first.low]
        keys = (keys.0 &+ 0x9E37_79B9, keys.1 &+ 0xBB67_AE85)
    }
    return words
}

extension UInt64 {
    fileprivate var low: UInt32 { UInt32(truncatingIfNeeded: self) }
    fileprivate var high: UInt32 { UInt32(self >> 32) }
}
