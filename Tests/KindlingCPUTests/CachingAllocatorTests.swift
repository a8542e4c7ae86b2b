// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

@Suite struct CachingAllocatorTests {
    @Test func blocksAreAlignedAndLargeEnough() throws {
        for byteCount in [1, 63, 64, 65, 100, 4097, 65_537, 1 << 20, 1 << 20 + 1, 3 << 20] {
            let storage = try CPUBackend.shared.allocate(byteCount: byteCount)
            let address = try #require(storage.address)
            #expect(UInt(bitPattern: address) % 64 == 0)
            #expect(storage.byteCount >= byteCount && storage.byteCount <= byteCount + byteCount / 8 + 64)
            address.storeBytes(of: 7, toByteOffset: byteCount - 1, as: UInt8.self)
        }
    }

    @Test func emptyStorageHasNoMemory() throws {
        let storage = try CPUBackend.shared.allocate(byteCount: 0)
        #expect(storage.address == nil && storage.byteCount == 0)
    }

    @Test func tooMuchIsAnErrorThatSaysHowMuch() {
        let error = #expect(throws: TensorError.self) { try CPUBackend.shared.allocate(byteCount: 1 << 60) }
        #expect(error?.code == .outOfMemory)
        #expect(error?.what.hasPrefix("the system has no 1152921504606846976 bytes left; ") == true)
    }

    @Test func peakIsNeverBelowWhatIsInUse() throws {
        let storage = try CPUBackend.shared.allocate(byteCount: 5 << 20)
        let statistics = CPUBackend.memoryStatistics
        #expect(statistics.bytesInUse >= storage.byteCount && statistics.peakBytesInUse >= statistics.bytesInUse)
    }
}
