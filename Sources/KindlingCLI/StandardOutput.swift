// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// Results on their way to whoever reads them.
enum StandardOutput {
    private static let firstFailure = Atomic<Int32>(0)

    /// Why not everything arrived: a full disk, a closed descriptor.
    ///
    /// Nil when everything did.
    static var problem: String? {
        let failure = firstFailure.load(ordering: .relaxed)
        return failure == 0 ? nil : String(cString: strerror(failure))
    }

    /// Writes a text and remembers when it could not be.
    static func write(_ text: String) {
        let failure = write(text, to: STDOUT_FILENO)
        if failure != 0 { _ = firstFailure.compareExchange(expected: 0, desired: failure, ordering: .relaxed) }
    }

    /// Writes a text to a descriptor.
    /// - Returns: 0, or the system's number for what went wrong.
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}
