// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The last 24 bytes of a file written by Kindling: a checksum of all bytes before them.
///
/// Checksums of datasets cover the numbers; the seal also covers names, attributes and the structure, and is checked
/// before a library parses any of it. Layout: the eight bytes `KNDLSEAL`; the number of bytes before the seal; their
/// ``Checksum``, both as little-endian 64-bit integers. HDF5 ignores what follows its own end of file, so h5py and
/// Keras read sealed files, and a file that they change loses its seal.
public enum FileSeal {
    static let magic: [UInt8] = Array("KNDLSEAL".utf8)
    static let byteCount = 24

    /// The seal of some bytes, to be written right behind them.
    public static func make(for bytes: UnsafeRawBufferPointer) -> [UInt8] {
        make(length: UInt64(bytes.count), checksum: Checksum.of(bytes))
    }

    /// Checks a file's seal by reading all of it.
    /// - Returns: Whether there was a seal; a file of another program has none.
    /// - Throws: ``FileError``, `corrupt` when the bytes are not those that were sealed.
    @discardableResult
    public static func check(path: String) throws(FileError) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw FileError.reading(path, "open", errno: errno) }
        defer { close(file) }  // opened for reading: nothing is lost
        return try check(ByteSource(file: file, path: path))
    }

    static func check(_ source: ByteSource) throws(FileError) -> Bool {
        guard source.byteCount >= byteCount else { return false }
        let content = source.byteCount - byteCount
        let seal = try source.bytes(at: UInt64(content), count: byteCount)
        guard seal.starts(with: magic) else { return false }
        let checksum = try source.checksum(at: 0, count: content, seed: 0)
        guard seal == make(length: UInt64(content), checksum: checksum) else {
            throw FileError(
                .corrupt, path: source.path, "is damaged: its \(content) bytes are not those that were written",
                remedy: "use an intact copy, such as the previous checkpoint")
        }
        return true
    }

    private static func make(length: UInt64, checksum: UInt64) -> [UInt8] {
        magic + [length, checksum].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
}
