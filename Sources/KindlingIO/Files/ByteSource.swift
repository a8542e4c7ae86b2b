// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where a file's bytes come from: an open descriptor or an image in memory.
///
/// Every access is checked against its end.
struct ByteSource: Sendable {
    private enum Origin: Sendable {
        case descriptor(Int32)
        case image(FileImage)
    }
    private let origin: Origin
    /// The file's size when it was opened.
    let byteCount: Int
    /// The file's name in messages.
    let path: String

    init(image: FileImage, path: String) {
        origin = .image(image)
        byteCount = image.byteCount
        self.path = path
    }

    /// Reads through a descriptor that somebody else keeps open and closes.
    /// - Throws: `refused` unless it is an ordinary file.
    init(file: Int32, path: String) throws(FileError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileError.reading(path, "fstat", errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.refused, path: path, "is not an ordinary file", remedy: "name a file")
        }
        origin = .descriptor(file)
        byteCount = Int(status.st_size)
        self.path = path
    }

    func bytes(at offset: UInt64, count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(FileError) in try read(at: offset, into: buffer) }
        }
        try outcome.get()
        return bytes
    }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(buffer.count))
        guard !overflow, end <= UInt64(byteCount) else {
            throw FileError(
                .corrupt, path: path,
                "is damaged: it refers to \(buffer.count) bytes at \(offset), and ends at \(byteCount)",
                remedy: "use an intact copy")
        }
        switch origin {
        case .image(let image):
            image.withUnsafeBytes { all in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[Int(offset)..<Int(end)]))
            }
        case .descriptor(let file):
            try fill(buffer, from: file, at: Int(offset))
        }
    }

    /// The ``Checksum`` of a stretch of the file, in memory that does not grow with it.
    func checksum(at offset: Int, count: Int, seed: UInt64) throws(FileError) -> UInt64 {
        var checksum = Checksum(seed: seed)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { piece.deallocate() }
        var done = 0
        while done < count {
            let part = UnsafeMutableRawBufferPointer(rebasing: piece.prefix(count - done))
            try read(at: UInt64(offset + done), into: part)
            checksum.update(UnsafeRawBufferPointer(part))
            done += part.count
        }
        return checksum.value
    }

    private func fill(
        _ buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
    ) throws(FileError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(file, rest.baseAddress, rest.count, off_t(offset + done))
            if count > 0 {
                done += count
            } else if count == 0 {
                throw FileError(
                    .corrupt, path: path, "became shorter while it was read",
                    remedy: "let nobody write to it meanwhile")
            } else if errno != EINTR {
                throw FileError.reading(path, "read", errno: errno)
            }
        }
    }
}
