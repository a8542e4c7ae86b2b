// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingIO
import Testing

@Suite struct HDF5RoundTripTests {
    @Test func everyElementTypeComesBackInMemoryAndFromDisk() throws {
        let image = try sampleImage()
        let folder = try ScratchFolder()
        try image.write(to: folder.file("a.h5"))
        for file in [try HDF5Reader(image: image), try HDF5Reader(path: folder.file("a.h5"))] {
            for (path, dataset) in sampleDatasets() { #expect(try file.read(path) == dataset, "\(path)") }
            #expect(try file.text("recipe") == "seed: 1\nname: grüße\n")
            #expect(try file.text("empty_text") == "")
            #expect(try file.attributes(of: "layers/dense/vars") == ["name": "dense"])
            #expect(try file.attributes(of: "") == [:])
            #expect(try file.verifyAll() == [])
        }
    }

    @Test func childrenAreInNumericalOrder() throws {
        let file = try HDF5Reader(image: sampleImage())
        #expect(try file.children(of: "layers").map(\.name) == ["dense", "dense_1", "dense_2", "dense_10", "flatten"])
        #expect(try file.children(of: "/layers/dense/vars").map(\.name) == ["0", "1", "2", "10"])
        #expect(try file.children(of: "layers/flatten") == [HDF5Child(name: "vars", kind: .group)])
        #expect(try file.datasets(under: "layers").map(\.path) == sampleDatasets().map(\.path).dropLast())
    }

    @Test func equalContentsMakeEqualFiles() throws { #expect(try sampleImage().bytes == sampleImage().bytes) }

    @Test func readsIntoMemoryOfExactlyItsSize() throws {
        let file = try HDF5Reader(image: sampleImage())
        var values = [Float](repeating: 0, count: 12)
        try values.withUnsafeMutableBytes { try file.read("layers/dense/vars/0", into: $0) }
        #expect(values == (0..<12).map { Float($0) / 4 })
        let small = failure { () throws(FileError) in
            var one: Float = 0
            let outcome = withUnsafeMutableBytes(of: &one) { memory in
                Result { () throws(FileError) in try file.read("layers/dense/vars/0", into: memory) }
            }
            try outcome.get()
        }
        #expect(small?.code == .invalidArgument)
    }

    @Test func manyEntriesInOneGroupComeBack() throws {
        let writer = try HDF5Writer()
        for index in 0..<600 {
            try writer.write(HDF5Dataset([Int32(index)], dtype: .int32, shape: []), at: "g/\(index)")
        }
        let file = try HDF5Reader(image: writer.finish())
        #expect(try file.children(of: "g").map(\.name) == (0..<600).map(String.init))
        #expect(try file.read("g/599").bytes == [0x57, 2, 0, 0])
        var limits = HDF5Limits()
        limits.entries = 500
        let bounded = try HDF5Reader(image: sampleImage(), limits: limits)
        #expect(try bounded.datasets().count == sampleDatasets().count + 2)
        limits.entries = 5
        let tight = try HDF5Reader(image: sampleImage(), limits: limits)
        #expect(failure { () throws(FileError) in _ = try tight.datasets() }?.code == .refused)
    }

    @Test func twoImagesOpenAtOnceKeepTheirOwnContents() throws {
        let files = try (0..<4).map { index in
            let writer = try HDF5Writer()
            try writer.write(HDF5Dataset([Int32(index)], dtype: .int32, shape: []), at: "value")
            return try HDF5Reader(image: writer.finish())
        }
        #expect(try files.map { try $0.read("value").bytes[0] } == [0, 1, 2, 3])
    }

    @Test func readersAndWritersMayRunAtOnce() async throws {
        let image = try sampleImage()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let file = try HDF5Reader(image: image)
                    return try file.verifyAll().isEmpty && sampleImage().bytes == image.bytes
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test(arguments: ["a//b", "a/../b", ".", "a\0b", String(repeating: "a/", count: 40) + "a"])
    func namesThatAreNoneAreRefused(path: String) throws {
        let writer = try HDF5Writer()
        let dataset = HDF5Dataset([1] as [Int32], dtype: .int32, shape: [])
        #expect(failure { () throws(FileError) in try writer.write(dataset, at: path) } != nil)
        let file = try HDF5Reader(image: sampleImage())
        #expect(failure { () throws(FileError) in _ = try file.read(path) } != nil)
    }

    @Test func theCallersMistakesAreErrors() throws {
        let writer = try HDF5Writer()
        let dataset = HDF5Dataset([1] as [Int32], dtype: .int32, shape: [])
        try writer.write(dataset, at: "a/b")
        let tooShort = HDF5Dataset(dtype: .float32, shape: [2], bytes: [0, 0, 0, 0])
        let mistakes: [(FileError.Code, () throws(FileError) -> Void)] = [
            (.invalidArgument, { () throws(FileError) in try writer.write(dataset, at: "a/b") }),
            (.invalidArgument, { () throws(FileError) in try writer.write(dataset, at: "a/b/c") }),
            (.invalidArgument, { () throws(FileError) in try writer.write(dataset, at: "a") }),
            (.invalidArgument, { () throws(FileError) in try writer.write(dataset, at: "") }),
            (.invalidArgument, { () throws(FileError) in try writer.write(tooShort, at: "c") }),
            (.invalidArgument, { () throws(FileError) in try writer.write("a\0b", at: "d") }),
            (.invalidArgument, { () throws(FileError) in try writer.setAttribute("dtype", to: "x", at: "a/b") }),
            (.missing, { () throws(FileError) in try writer.setAttribute("name", to: "x", at: "nowhere") }),
        ]
        for (code, mistake) in mistakes { #expect(failure(mistake)?.code == code) }
        _ = try writer.finish()
        #expect(failure { () throws(FileError) in _ = try writer.finish() }?.code == .invalidArgument)
        let file = try HDF5Reader(image: sampleImage())
        #expect(failure { () throws(FileError) in _ = try file.read("layers") }?.code == .missing)
        #expect(failure { () throws(FileError) in _ = try file.read("nothing/here") }?.code == .missing)
        #expect(failure { () throws(FileError) in _ = try file.read("recipe") }?.code == .invalidArgument)
        #expect(failure { () throws(FileError) in _ = try file.text("step") }?.code == .invalidArgument)
        #expect(try file.contains("step") && !file.contains("stop"))
    }
}
