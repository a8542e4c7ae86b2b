// SPDX-License-Identifier: Apache-2.0

/// A piece of a device's memory.
///
/// It goes back to its backend when nothing refers to it any more.
///
/// What is in it is only ever written by the operation it was allocated for, and by updates that hold the only
/// reference to it; so tensors that share it can cross threads.
public final class Storage: @unchecked Sendable {
    /// The address, where the device's memory is the host's; nil elsewhere and for empty meta storage.
    public let address: UnsafeMutableRawPointer?
    /// The device's own name for it: a buffer handle, unused on the CPU.
    public let handle: UInt
    /// Usable bytes, which can be more than were asked for.
    public let byteCount: Int
    /// Who it belongs to, and what runs on it.
    public let backend: any Backend

    /// Takes over memory that `backend` allocated.
    public init(address: UnsafeMutableRawPointer?, handle: UInt = 0, byteCount: Int, backend: any Backend) {
        self.address = address
        self.handle = handle
        self.byteCount = byteCount
        self.backend = backend
    }

    deinit { backend.release(address: address, handle: handle, byteCount: byteCount) }
}
