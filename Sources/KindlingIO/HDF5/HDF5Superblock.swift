// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend

/// The first bytes of an HDF5 file: what they must be, and where they say the file ends.
enum HDF5Superblock {
    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Where a superblock of version 0 keeps the end of the file.
    private static let endOffset = 40

    /// Refuses what is no HDF5 file, or one whose addresses are not eight bytes wide as every writer's are.
    static func check(_ source: ByteSource) throws(FileError) {
        guard source.byteCount >= 48, try source.bytes(at: 0, count: 8) == signature else {
            throw FileError(
                .corrupt, path: source.path, "is no HDF5 file: it does not begin with HDF5's signature",
                remedy: "check the path, or use an intact copy")
        }
        let head = try source.bytes(at: 0, count: 16)
        let widths = head[8] < 2 ? head[13...14] : head[9...10]
        guard head[8] <= 3, widths.allSatisfy({ $0 == 8 }) else {
            throw FileError(
                .corrupt, path: source.path, "has a superblock of version \(head[8]) and widths \(Array(widths))",
                remedy: "write it again with h5py or Kindling, with offsets and lengths of 8 bytes")
        }
    }

    /// Cuts a finished image to its size and puts the seal behind it.
    static func seal(_ address: UnsafeMutableRawPointer?, capacity: Int) throws(FileError) -> FileImage {
        guard let address, capacity > endOffset + 8 else { internalFault("HDF5 finished a file without an image") }
        let end = Int(UInt64(littleEndian: address.loadUnaligned(fromByteOffset: endOffset, as: UInt64.self)))
        guard end <= capacity else { internalFault("HDF5's image ends at \(end), beyond its \(capacity) bytes") }
        guard let memory = realloc(address, end + FileSeal.byteCount) else {
            internalFault("no memory to finish a file of \(end) bytes")
        }
        let seal = FileSeal.make(for: UnsafeRawBufferPointer(start: memory, count: end))
        UnsafeMutableRawBufferPointer(start: memory + end, count: seal.count).copyBytes(from: seal)
        return FileImage(adopting: memory, byteCount: end + seal.count)
    }
}
