// SPDX-License-Identifier: Apache-2.0

/// What a device must be able to do.
///
/// One value a device; it lives as long as the process.
///
/// The engine has checked shapes, types and devices before a request arrives, so a backend does not check them again.
/// It switches over ``KernelRequest`` without `default`: what it cannot do it refuses by name, with
/// ``TensorError/unsupported(_:by:)``, and it never computes elsewhere in silence.
///
/// A backend is finished when `BackendLaws` passes: every request, in every type it claims, against plain loops in
/// double precision.
public protocol Backend: AnyObject, Sendable {
    /// The name in recipes, on the command line and in messages: `cpu`, `opencl:0`.
    var name: String { get }

    /// The device in words, for `kindling doctor`.
    var summary: String { get }

    /// Whether the host can read and write its memory by address.
    var sharesHostMemory: Bool { get }

    /// Memory for at least so many bytes, aligned for its widest load, its contents undefined.
    /// - Throws: `TensorError` with code `outOfMemory`.
    func allocate(byteCount: Int) throws(TensorError) -> Storage

    /// Takes back what ``allocate(byteCount:)`` gave. Called by `Storage` alone.
    func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int)

    /// Copies from host memory into the storage, from its start.
    func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError)

    /// Copies from the storage, beginning `byteOffset` bytes in, to host memory, when all work before it is done.
    func download(_ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer) throws(TensorError)

    /// Runs a request. May return before the work is done; requests run in the order they were given.
    func execute(_ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>) throws(TensorError)

    /// Returns when everything given so far is done.
    func synchronize() throws(TensorError)

    /// Whether its products of such numbers are faster than those of float32.
    func accelerates(_ dtype: DType) -> Bool

    /// The memory order in which it likes to give a request's first output, where it has a choice.
    func preferredLayout(for request: KernelRequest, output: Shape) -> MemoryLayoutPreference
}

/// Which memory order an operation's output should have.
public enum MemoryLayoutPreference: Sendable {
    /// Row-major.
    case rowMajor
    /// Channels-last, for pictures.
    case channelsLast
}

extension Backend {
    /// No type is faster than float32, unless a backend says otherwise.
    public func accelerates(_ dtype: DType) -> Bool { false }

    /// Row-major, unless a backend says otherwise.
    public func preferredLayout(for request: KernelRequest, output: Shape) -> MemoryLayoutPreference { .rowMajor }
}
