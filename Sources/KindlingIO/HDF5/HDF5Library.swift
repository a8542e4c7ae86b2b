// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import Synchronization

/// The HDF5 library, one caller at a time: it is not thread-safe in every build.
enum HDF5Library {
    private static let lock = Mutex(Library())

    private struct Library: Sendable {
        init() {
            H5open()
            // No shared object is ever loaded for a filter that a file names.
            H5PLset_loading_state(0)
        }
    }

    /// Runs `body` while nobody else is in the library.
    ///
    /// Not to be nested.
    static func locked<Value: Sendable>(_ body: () throws(FileError) -> Value) throws(FileError) -> Value {
        try lock.withLock { (_) throws(FileError) in
            // The library keeps a stack of errors per thread, and would print each of them.
            _ = hdf5_silence()
            return try body()
        }
    }

    /// What the library said about this thread's last failure.
    static var failure: String { hdf5_failure().map { String(cString: $0) } ?? "" }
}

/// An identifier of the library's, given back when it goes out of scope.
///
/// Only to be used while the library is locked.
struct HDF5Handle: ~Copyable {
    let id: hid_t

    /// Takes over an identifier; a negative one means that the call which made it failed.
    init(_ id: hid_t, otherwise error: @autoclosure () -> FileError) throws(FileError) {
        guard id >= 0 else { throw error() }
        self.id = id
    }

    deinit { H5Idec_ref(id) }
}
