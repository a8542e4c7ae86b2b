// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The bytes of a file, unpacked if it is gzip.
struct FileContents {
    /// Where they were read.
    let path: String
    /// What is in it.
    let bytes: [UInt8]

    /// Contents that are at hand.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Reads a file.
    /// - Parameter limit: How many bytes it may have, packed or not.
    /// - Throws: `DataError` when it cannot be read, is no plain file, is too large, or is broken gzip.
    init(readingFrom path: String, limit: Int) throws(DataError) {
        let stored = try FileContents.stored(path, limit: limit)
        self.path = path
        // By contents, not by name: browsers unpack while they download and leave the name.
        bytes = Gzip.isGzip(stored) ? try Gzip.unpack(stored, path: path, limit: limit) : stored
    }

    private static func stored(_ path: String, limit: Int) throws(DataError) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DataError(.unreadable, path: path, "this is not a plain file")
        }
        let size = Int(status.st_size)
        guard size <= limit else {
            throw DataError(.tooLarge, path: path, "\(size) bytes are more than the \(limit) that such a file may have")
        }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                // Nothing more although the size said so: somebody shortened the file; formats report what is missing.
                guard got > 0 else { break }
                count += got
            }
        }
        if failed { throw failure(path) }
        return bytes
    }

    private static func failure(_ path: String) -> DataError {
        DataError(.unreadable, path: path, "cannot be read: \(String(cString: strerror(errno)))")
    }
}
