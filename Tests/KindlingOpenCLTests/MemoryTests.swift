// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite struct MemoryTests {
    @Test func sizeClassesWasteAtMostAnEighth() {
        for size in [1, 255, 256, 257, 1000, 4096, 4097, 1_000_003, 1 << 30] {
            let held = BufferCache.sizeClass(size)
            #expect(held >= size)
            #expect(size <= 256 ? held == 256 : held - size <= max(32, size / 8))
            #expect(BufferCache.sizeClass(held) == held)
        }
    }

    @Test func aBufferGivenBackIsTakenAgain() {
        var cache = BufferCache()
        cache.noteNew(512)
        cache.give(7, 512)
        #expect(cache.take(256) == nil)
        #expect(cache.take(512) == 7)
        #expect(cache.take(512) == nil)
        #expect([cache.usedBytes, cache.cachedBytes] == [512, 0])
    }

    @Test(.onDevice) func bytesComeBackFromAnyOffset() throws {
        let device = try TestDevice.required()
        let storage = try device.allocate(byteCount: 10)
        try device.upload([Int16](0..<5), to: storage)
        let back: [Int16] = try device.download(storage, from: 2, count: 3)
        #expect(back == [2, 3, 4])
    }

    @Test(.onDevice) func tooMuchIsRefusedWithTheLimit() throws {
        let device = try TestDevice.required()
        let error = #expect(throws: TensorError.self) { try device.allocate(byteCount: 1 << 50) }
        #expect(error?.code == .outOfMemory)
        #expect(error?.what.contains(OpenCLDevice.bytes(device.device.maximumAllocation)) == true)
    }
}
