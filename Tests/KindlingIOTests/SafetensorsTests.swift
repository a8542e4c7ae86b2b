// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingIO
import Testing

/// What `Fixtures/make_safetensors.py` has under the same names.
private func samples() -> [(name: String, value: Tensor)] {
    [
        ("net.0.weight", Tensor([-0.5, -0.25, 0, 0.25, 0.5, 0.75] as [Float], shape: [2, 3])),
        ("double", Tensor([1, -2.5e300] as [Double], shape: [2])),
        ("half", Tensor([1, -2.5, 65504] as [Float], shape: [3, 1]).converted(to: .float16)),
        ("brain", Tensor([1, -2.5, 3e38] as [Float], shape: [3]).converted(to: .bfloat16)),
        ("long", Tensor([-1, 1 << 60] as [Int64], shape: [2])),
        ("int", Tensor([-7, 1 << 30] as [Int32], shape: [2])),
        ("byte", Tensor([0, 7, 255] as [UInt8], shape: [3])),
        ("truth", Tensor([true, false, true], shape: [3])),
        ("scalar", Tensor([42] as [Int64], shape: [])),
        ("empty", Tensor.zeros([0, 5])),
    ]
}

private let texts = ["format": "pt", "note": "grüße \"\\ \n 𝄞"]

private func expectSamples(in file: SafetensorsFile) throws {
    #expect(file.metadata == texts)
    #expect(Set(file.descriptions.map(\.name)) == Set(samples().map(\.name)))
    for (name, wanted) in samples() {
        let found = try file.tensor(name)
        #expect(found.spec == wanted.spec, "\(name)")
        if wanted.dtype.isFloatingPoint {
            #expect(try found.array(of: Double.self) == wanted.array(of: Double.self), "\(name)")
        } else {
            #expect(try found.array(of: Int64.self) == wanted.array(of: Int64.self), "\(name)")
        }
    }
}

@Suite struct SafetensorsTests {
    @Test func filesOfTheReferenceLibraryAreRead() throws {
        try expectSamples(in: SafetensorsFile(path: fixture("pytorch.safetensors")))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let folder = try ScratchFolder()
        try Safetensors.write(samples(), metadata: texts, to: folder.file("a.safetensors"))
        let file = try SafetensorsFile(path: folder.file("a.safetensors"))
        try expectSamples(in: file)
        #expect(try file.tensors().map(\.name) == file.descriptions.map(\.name))
        #expect(file.descriptions.first?.dtype == "F64")
    }

    /// `make_safetensors.py check` reads the committed file by the reference library.
    @Test func theWriterGivesTheBytesThatTheReferenceLibraryWasShown() throws {
        let folder = try ScratchFolder()
        try Safetensors.write(samples(), metadata: texts, to: folder.file("a.safetensors"))
        #expect(try contents(of: folder.file("a.safetensors")) == contents(of: fixture("kindling.safetensors")))
    }

    @Test func numbersOfOtherOrderAreWrittenInRows() throws {
        let folder = try ScratchFolder()
        let turned = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]).transposed()
        try Safetensors.write([("turned", turned)], to: folder.file("a.safetensors"))
        let found = try SafetensorsFile(path: folder.file("a.safetensors")).tensor("turned")
        #expect(found.shape == [3, 2])
        #expect(try found.array(of: Float.self) == [1, 4, 2, 5, 3, 6])
    }

    @Test func typesThatKindlingHasNotAreRefusedWhenRead() throws {
        let file = try SafetensorsFile(path: fixture("int8.safetensors"))
        #expect(file.descriptions.map(\.dtype).sorted() == ["F32", "I8"])
        #expect(try file.tensor("fine").array(of: Float.self) == [1, 1])
        let error = failure { () throws(FileError) in _ = try file.tensor("small") }
        #expect(error?.code == .unsupported && error?.entry == "small")
        #expect(error?.what == "has elements of the type I8, which Kindling does not have")
        let missing = failure { () throws(FileError) in _ = try file.tensor("smal") }
        #expect(missing?.code == .missing && missing?.entry == "smal")
    }

    @Test func namesAndTensorsThatCannotBeWrittenAreRefused() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.safetensors")
        let one = Tensor.ones([1])
        for entries in [
            [("a", one), ("a", one)], [("__metadata__", one)],
            [("a", withDevice(.meta) { Tensor.zeros([2], on: .meta) })],
        ] {
            let error = failure { () throws(FileError) in try Safetensors.write(entries, to: path) }
            #expect(error?.code == .invalidArgument && error?.entry == entries[0].0)
        }
        #expect(try folder.entries.isEmpty)
    }
}
