// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Unpacks gzip files (RFC 1952) by zlib.
enum Gzip {
    /// Whether contents begin as a gzip file does.
    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B }

    /// The contents of all members, checked by their checksums.
    /// - Parameter limit: How many bytes may come out; unpacking stops there, however many are claimed.
    /// - Throws: `DataError` for damaged, unfinished or overlong files, and for bytes after the last member.
    static func unpack(_ packed: [UInt8], path: String, limit: Int) throws(DataError) -> [UInt8] {
        var output: [UInt8] = []
        // Deflate cannot do better than 1032 : 1, so a small file cannot reserve much memory by its claims.
        output.reserveCapacity(min(limit, claimedSize(packed), packed.count * 1032))
        var start = 0
        repeat {
            start += try unpackMember(packed, from: start, into: &output, path: path, limit: limit)
        } while start < packed.count
        return output
    }

    /// The size that the last four bytes claim, which need not be true.
    private static func claimedSize(_ packed: [UInt8]) -> Int {
        packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Returns how many bytes the member took.
    private static func unpackMember(
        _ packed: [UInt8], from start: Int, into output: inout [UInt8], path: String, limit: Int
    ) throws(DataError) -> Int {
        guard packed.count - start >= 2, packed[start] == 0x1F, packed[start + 1] == 0x8B else {
            throw DataError(
                .malformed, path: path, "\(packed.count - start) bytes that are not gzip follow the packed contents",
                remedy: "get the file again")
        }
        var stream = z_stream()
        // 15 bits of window, and 16: gzip only.
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw DataError(.unreadable, path: path, "there is no memory left to unpack it")
        }
        defer { inflateEnd(&stream) }
        var failure: DataError?
        packed.withUnsafeBufferPointer { input in
            failure = inflate(&stream, UnsafeBufferPointer(rebasing: input[start...]), &output, path, limit)
        }
        if let failure { throw failure }
        return Int(stream.total_in)
    }

    private static func inflate(
        _ stream: inout z_stream, _ input: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8], _ path: String,
        _ limit: Int
    ) -> DataError? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { chunk in
            var given = 0
            while true {
                if stream.avail_in == 0, given < input.count {
                    let part = UnsafeBufferPointer(rebasing: input[given..<min(input.count, given + 1 << 30)])
                    stream.next_in = UnsafeMutablePointer(mutating: part.baseAddress)
                    stream.avail_in = UInt32(part.count)
                    given += part.count
                }
                stream.next_out = chunk.baseAddress
                stream.avail_out = UInt32(chunk.count)
                let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                let made = chunk.count - Int(stream.avail_out)
                guard output.count + made <= limit else {
                    return DataError(
                        .tooLarge, path: path, "unpacked it has more than the \(limit) bytes that such a file may have")
                }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<made]))
                switch status {
                case Z_OK: continue
                case Z_STREAM_END: return nil
                case Z_BUF_ERROR:
                    return DataError(
                        .truncated, path: path, "the packed contents end after \(output.count) bytes, unfinished",
                        remedy: "get the file again")
                case Z_MEM_ERROR: return DataError(.unreadable, path: path, "there is no memory left to unpack it")
                default:
                    let reason = stream.msg.map { String(cString: $0) } ?? "status \(status)"
                    return DataError(
                        .malformed, path: path, "the packed contents are damaged: \(reason)",
                        remedy: "get the file again")
                }
            }
        }
    }

    /// The CRC-32 of bytes, continuing that of bytes before them.
    static func checksum(_ bytes: some Collection<UInt8>, continuing before: UInt32 = 0) -> UInt32 {
        let result = bytes.withContiguousStorageIfAvailable {
            UInt32(truncatingIfNeeded: crc32_z(UInt(before), $0.baseAddress, $0.count))
        }
        return result ?? checksum(Array(bytes), continuing: before)
    }
}
