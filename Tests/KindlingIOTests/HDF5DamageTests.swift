// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingIO
import Testing

/// Damaged files give errors; what happens to the process is the point, so nothing is caught here.
@Suite struct HDF5DamageTests {
    /// Does everything a loader does, and says whether an error came.
    private func isFound(_ bytes: [UInt8], checkingSeal: Bool) -> Bool {
        failure { () throws(FileError) in
            let file = try HDF5Reader(image: FileImage(bytes), checkingSeal: checkingSeal)
            for description in try file.datasets() {
                if description.content == .text {
                    _ = try file.text(description.path)
                } else if description.byteCount < 1 << 26 {
                    _ = try file.read(description.path)
                }
            }
            try file.verifyAll()
            for child in try file.children(of: "layers") { _ = try file.attributes(of: "layers/\(child.name)/vars") }
        } != nil
    }

    @Test func sealedFilesShowEveryFlippedBit() throws {
        let sound = try sampleImage().bytes
        for offset in stride(from: 0, to: sound.count, by: 64) {
            var damaged = sound
            damaged[offset + (offset / 64) % min(64, sound.count - offset)] ^= 1 << UInt8(offset / 64 % 8)
            // A flip in the seal's own mark makes it no seal; everything else is found.
            #expect(isFound(damaged, checkingSeal: true) || offset >= sound.count - 88, "byte \(offset)")
        }
        #expect(!isFound(sound, checkingSeal: true))
    }

    @Test(arguments: ["h5py_earliest.h5", "h5py_latest.h5"])
    func filesWithoutASealDoNotCrashWhenBitsFlip(name: String) throws {
        let sound = try contents(of: fixture(name))
        #expect(!isFound(sound, checkingSeal: true))
        for offset in stride(from: 0, to: sound.count, by: 64) {
            for value in [sound[offset] ^ 1 << UInt8(offset / 64 % 8), 0xFF] {
                var damaged = sound
                damaged[offset] = value
                _ = isFound(damaged, checkingSeal: true)
            }
        }
    }

    @Test(arguments: ["h5py_earliest.h5", "h5py_latest.h5", ""])
    func truncatedFilesAreErrors(name: String) throws {
        let sound = name.isEmpty ? try sampleImage().bytes.dropLast(24) : try contents(of: fixture(name))[...]
        for count in stride(from: 0, to: sound.count - 1, by: 64) {
            #expect(isFound(Array(sound.prefix(count)), checkingSeal: true), "\(count) bytes")
        }
    }

    @Test func aFailedChecksumNamesTheDataset() throws {
        let writer = try HDF5Writer()
        try writer.write(HDF5Dataset([1, 2] as [Int32], dtype: .int32, shape: [2]), at: "layers/dense/vars/0")
        try writer.write(
            HDF5Dataset([0x1122_3344_5566_7788] as [Int64], dtype: .int64, shape: []), at: "layers/dense/vars/1")
        var bytes = try writer.finish().bytes
        let mark: [UInt8] = [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11]
        let offset = try #require((0..<bytes.count - 8).first { Array(bytes[$0..<$0 + 8]) == mark })
        bytes[offset] ^= 4
        let sealed = failure { () throws(FileError) in _ = try HDF5Reader(image: FileImage(bytes)) }
        #expect(sealed?.code == .corrupt)
        let file = try HDF5Reader(image: FileImage(bytes), named: "last.h5", checkingSeal: false)
        #expect(try file.verify("layers/dense/vars/0"))
        let error = try #require(failure { () throws(FileError) in try file.verifyAll() })
        #expect(error.code == .corrupt && error.path == "last.h5" && error.entry == "layers/dense/vars/1")
    }

    @Test func datasetsThatChangePlacesAreFound() throws {
        let writer = try HDF5Writer()
        for name in ["a", "b"] {
            try writer.write(HDF5Dataset(Array(name.utf8), dtype: .uint8, shape: [1]), at: name)
        }
        var bytes = try writer.finish().bytes
        // A symbol table node has eight bytes in front, then entries of 40: the name's place, the object's address.
        let node = try #require((0..<bytes.count - 4).first { bytes[$0..<$0 + 4] == Array("SNOD".utf8)[...] })
        for byte in (node + 16)..<(node + 24) { bytes.swapAt(byte, byte + 40) }
        let file = try HDF5Reader(image: FileImage(bytes), checkingSeal: false)
        #expect(try file.read("a").bytes == Array("b".utf8))
        #expect(failure { () throws(FileError) in try file.verifyAll() }?.code == .corrupt)
    }
}
