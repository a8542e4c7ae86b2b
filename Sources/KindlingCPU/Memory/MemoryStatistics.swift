// SPDX-License-Identifier: Apache-2.0
internal import CKernels

/// How much memory tensors take on the CPU, in bytes.
public struct MemoryStatistics: Sendable, Equatable {
    /// In tensors that are alive.
    public let bytesInUse: Int
    /// Released, and kept to be given out again.
    public let bytesKept: Int
    /// The most that was ever in use at a time.
    public let peakBytesInUse: Int
}

extension CPUBackend {
    /// What the allocator holds at the moment.
    public static var memoryStatistics: MemoryStatistics {
        let counts = kd_memory_statistics()
        return MemoryStatistics(
            bytesInUse: counts.in_use, bytesKept: counts.kept, peakBytesInUse: counts.peak)
    }

    /// Gives the memory that is kept back to the system.
    public static func releaseKeptMemory() { kd_release_kept() }
}
