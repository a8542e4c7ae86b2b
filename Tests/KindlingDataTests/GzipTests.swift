// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KindlingData

@Suite struct GzipTests {
    private func unpack(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        try Gzip.unpack(bytes, path: "f.gz", limit: limit)
    }

    @Test func wholeFilesAreUnpacked() throws {
        #expect(try unpack(packedSample) == unpackedSample)
        #expect(try unpack(packedSample + packedSample) == unpackedSample + unpackedSample)
    }

    @Test func everyTruncationIsFound() {
        for length in 0..<packedSample.count {
            let error = mistake { _ = try unpack(Array(packedSample[..<length])) }
            #expect(error?.code == (length < 2 ? .malformed : .truncated), "\(length): \(String(describing: error))")
        }
    }

    @Test func changedBytesNeverPassForTheContents() {
        for place in packedSample.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var bytes = packedSample
                bytes[place] ^= change
                // Time, operating system and the like are not checked by the format; contents are.
                if let result = try? unpack(bytes) { #expect(result == unpackedSample) }
            }
        }
        var damaged = packedSample
        damaged[packedSample.count - 8] ^= 1
        #expect(
            mistake { _ = try unpack(damaged) }?.description.hasPrefix("f.gz: the packed contents are damaged") == true)
    }

    @Test func bytesAfterTheEndAreFound() {
        #expect(
            mistake { _ = try unpack(packedSample + [1, 2, 3]) }?.what
                == "3 bytes that are not gzip follow the packed contents")
    }

    @Test func unpackingStopsAtTheLimit() throws {
        #expect(try unpack(packedSample, limit: unpackedSample.count) == unpackedSample)
        #expect(mistake { _ = try unpack(packedSample, limit: unpackedSample.count - 1) }?.code == .tooLarge)
    }

    @Test func claimedSizesReserveNothing() {
        var bytes = packedSample
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(mistake { _ = try unpack(bytes, limit: Int.max) }?.code == .malformed)
    }

    /// Python: zlib.crc32(b"123456789") is 0xcbf43926.
    @Test func checksumIsCRC32() {
        #expect(Gzip.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Gzip.checksum(Array("6789".utf8), continuing: Gzip.checksum(Array("12345".utf8))) == 0xCBF4_3926)
        #expect(Gzip.checksum([]) == 0)
    }
}
