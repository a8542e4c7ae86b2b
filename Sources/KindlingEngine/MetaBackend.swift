// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Runs nothing: tensors on it have a shape and a type.
///
/// Shape rules work as everywhere, so a whole model can be checked without memory or time.
final class MetaBackend: Backend, Sendable {
    static let shared = MetaBackend()
    /// What stands in for the result of an operation that failed.
    static let failed = MetaBackend()

    var name: String { "meta" }
    var summary: String { "shapes only" }
    var sharesHostMemory: Bool { false }

    func allocate(byteCount: Int) -> Storage { Storage(address: nil, byteCount: byteCount, backend: self) }
    func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) {}
    func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) {}
    func execute(_ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>) {}
    func synchronize() {}

    func download(_ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer) throws(TensorError) {
        throw TensorError(
            .unsupported, operation: "read", "a tensor on the device 'meta' has no elements",
            remedy: "compute on 'cpu' when values are needed")
    }
}
