// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Pictures as PNG files (ISO/IEC 15948), eight bits a channel, stored without compression.
enum PNG {
    /// The file of a picture.
    /// - Parameters:
    ///   - pixels: Rows from the top, pixels from the left, `channels` bytes each: 1 for grey, 3 for RGB, 4 for RGBA.
    ///   - width: Pixels a row.
    ///   - height: Rows.
    ///   - channels: 1, 3 or 4.
    static func encoded(pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
        guard let colour = [1: UInt8(0), 3: 2, 4: 6][channels], pixels.count == width * height * channels,
            width > 0, height > 0
        else { internalFault("\(pixels.count) bytes are no picture of \(width) × \(height) × \(channels)") }
        let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colour, 0, 0, 0]
        let row = width * channels
        var lines: [UInt8] = []
        lines.reserveCapacity((row + 1) * height)
        for start in stride(from: 0, to: pixels.count, by: row) {
            // Each row says first how it is filtered: not at all.
            lines.append(0)
            lines += pixels[start..<start + row]
        }
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return signature + chunk("IHDR", header) + chunk("IDAT", zlib(lines)) + chunk("IEND", [])
    }

    /// A zlib stream (RFC 1950) of stored blocks (RFC 1951), each of 65,535 bytes at most.
    private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65535, bytes.count)
            let count = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)
            for number in [count, ~count] { stream += [UInt8(number & 0xFF), UInt8(number >> 8)] }
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return stream + bigEndian(b << 16 | a)
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(type.utf8) + content
        var remainder: UInt32 = .max
        for byte in named { remainder = table[Int((remainder ^ UInt32(byte)) & 0xFF)] ^ (remainder >> 8) }
        return bigEndian(UInt32(content.count)) + named + bigEndian(~remainder)
    }

    /// The remainders of all bytes, for the checksum of chunks.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 1 ? 0xEDB8_8320 ^ (remainder >> 1) : remainder >> 1
        }
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
