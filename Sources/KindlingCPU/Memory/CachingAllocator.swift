// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

/// Memory for tensors: released blocks are kept by size and given out again.
enum CachingAllocator {
    /// A block of at least so many bytes, aligned to 64.
    static func allocate(byteCount: Int, for backend: CPUBackend) throws(TensorError) -> Storage {
        var usable = 0
        guard byteCount > 0 else { return Storage(address: nil, byteCount: 0, backend: backend) }
        guard let address = kd_allocate(byteCount, &usable) else {
            let statistics = CPUBackend.memoryStatistics
            throw TensorError(
                .outOfMemory, operation: "allocate",
                "the system has no \(byteCount) bytes left; \(statistics.bytesInUse) bytes are in use",
                remedy: "use a smaller batch, or release tensors that are not needed any more")
        }
        return Storage(address: address, byteCount: usable, backend: backend)
    }

    /// Takes a block back.
    static func release(_ address: UnsafeMutableRawPointer?, byteCount: Int) {
        if let address { kd_release(address, byteCount) }
    }
}
