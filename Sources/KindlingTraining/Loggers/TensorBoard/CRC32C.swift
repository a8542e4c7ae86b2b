// SPDX-License-Identifier: Apache-2.0

/// The cyclic redundancy check of TFRecord files: CRC-32C (Castagnoli, RFC 3720), reflected polynomial 0x82F63B78.
enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
    }

    /// The check of some bytes.
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { check, byte in check >> 8 ^ table[Int((check ^ UInt32(byte)) & 0xFF)] }
    }

    /// As TFRecord stores it: rotated and shifted, so that checks of data with checks in them stay good.
    static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let check = of(bytes)
        return (check >> 15 | check << 17) &+ 0xA282_EAD8
    }
}
