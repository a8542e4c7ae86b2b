// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KindlingData

/// Bytes of an IDX file.
func idx(_ sizes: [UInt32], _ elements: [UInt8], type: UInt8 = 8) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, type, UInt8(sizes.count)]
    for size in sizes { withUnsafeBytes(of: size.bigEndian) { bytes += $0 } }
    return bytes + elements
}

@Suite struct IDXTests {
    private func read(_ bytes: [UInt8], rank: Int = 3) throws -> IDX {
        try IDX(FileContents(path: "f", bytes: bytes), rank: rank)
    }

    @Test func sizesAndElementsAreRead() throws {
        let file = try read(idx([2, 1, 3], [1, 2, 3, 4, 5, 6]))
        #expect(file.sizes == [2, 1, 3])
        #expect(Array(file.elements) == [1, 2, 3, 4, 5, 6])
        #expect(try read(idx([0, 28, 28], [])).elements.isEmpty)
    }

    @Test func everyTruncationIsFound() {
        let whole = idx([2, 1, 3], [1, 2, 3, 4, 5, 6])
        for length in whole.indices {
            let error = mistake { _ = try read(Array(whole[..<length])) }
            #expect(error?.code == .truncated, "\(length)")
            #expect(error?.path == "f")
        }
    }

    @Test func bytesAfterTheEndAreFound() {
        let error = mistake { _ = try read(idx([1, 1, 1], [1, 2])) }
        #expect(error?.description == "f: sizes [1, 1, 1] need 1 bytes after the header, found 2; get the file again")
    }

    @Test(
        arguments: [
            [0, 0, 8, 1, 0, 0, 0, 1, 7], [0, 0, 9, 3, 0, 0, 0, 1], [1, 0, 8, 3, 0, 0, 0, 1], [0, 1, 8, 3, 0, 0, 0, 1],
            [8, 3, 0, 0, 0, 0, 0, 0], [0x1F, 0x8B, 8, 3],
        ] as [[UInt8]])
    func otherBeginningsAreRefused(bytes: [UInt8]) {
        let error = mistake { _ = try read(bytes) }
        #expect(error?.code == .malformed)
        #expect(error?.what.contains("which begins 0 0 8 3; it begins") == true)
    }

    @Test func absurdSizesAreRefused() {
        #expect(mistake { _ = try read(idx([.max, .max, .max], [1])) }?.code == .tooLarge)
        #expect(mistake { _ = try read(idx([.max, .max, 1], [1])) }?.code == .tooLarge)
        #expect(mistake { _ = try read(idx([.max, 28, 28], [1])) }?.code == .truncated)
        #expect(mistake { _ = try read(idx([0, .max, .max], [1])) }?.code == .malformed)
    }
}
