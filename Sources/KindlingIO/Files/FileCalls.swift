// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The system calls that an atomic write is made of, so that tests can make each of them fail.
///
/// All return what the system's own do, with −errno in place of −1.
struct FileCalls: Sendable {
    var create: @Sendable (_ path: String, _ mode: UInt32) -> Int
    var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    var synchronise: @Sendable (_ file: Int32) -> Int
    var close: @Sendable (_ file: Int32) -> Int
    var rename: @Sendable (_ from: String, _ to: String) -> Int
    var openFolder: @Sendable (_ path: String) -> Int
    var remove: @Sendable (_ path: String) -> Int

    /// The system's.
    static let system = FileCalls(
        create: { path, mode in
            result(Int(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)))
        },
        write: { file, bytes in result(Glibc.write(file, bytes.baseAddress, bytes.count)) },
        synchronise: { file in result(Int(fsync(file))) },
        close: { file in result(Int(Glibc.close(file))) },
        rename: { from, to in result(Int(Glibc.rename(from, to))) },
        openFolder: { path in result(Int(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))) },
        remove: { path in result(Int(unlink(path))) })

    private static func result(_ value: Int) -> Int { value < 0 ? -Int(errno) : value }
}
