// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend

/// A file's bytes in memory, which nobody changes any more.
public final class FileImage: Sendable {
    // Written before init returns, read ever after: safe to share.
    private nonisolated(unsafe) let address: UnsafeMutableRawPointer
    /// How many bytes there are.
    public let byteCount: Int

    /// Takes over memory from `malloc`.
    init(adopting address: UnsafeMutableRawPointer, byteCount: Int) {
        self.address = address
        self.byteCount = byteCount
    }

    /// Copies bytes.
    public init(_ bytes: some Collection<UInt8>) {
        byteCount = bytes.count
        guard let memory = malloc(max(1, byteCount)) else {
            internalFault("no memory for a file image of \(bytes.count) bytes")
        }
        address = memory
        UnsafeMutableRawBufferPointer(start: address, count: byteCount).copyBytes(from: bytes)
    }

    deinit { free(address) }

    /// The bytes, without a copy, for as long as `body` runs.
    public func withUnsafeBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeRawBufferPointer(start: address, count: byteCount))
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Writes the image to a path, replacing the file there in one step; see ``AtomicFile``.
    public func write(
        to path: String,
        checking check: (_ temporaryPath: String) throws(FileError) -> Void = { (_) throws(FileError) in }
    ) throws(FileError) {
        try AtomicFile.write(
            UnsafeRawBufferPointer(start: address, count: byteCount), to: path, checking: check)
    }

    /// Where the bytes are, for a library that is told so and only reads.
    var unsafeAddress: UnsafeMutableRawPointer { address }
}
