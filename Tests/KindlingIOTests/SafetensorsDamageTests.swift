// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingIO
import Testing

/// A header, so many bytes behind it, and what is said of the file.
private struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let header: String
    var dataBytes = 8
    var length: UInt64?
    var code = FileError.Code.corrupt
    var entry = ""
    let says: String
    var testDescription: String { name }

    var bytes: [UInt8] {
        let text = Array(header.utf8)
        let length = length ?? UInt64(text.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + text
            + Array(repeating: 0, count: dataBytes)
    }
}

private func tensor(
    _ name: String = "a", _ dtype: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]"
) -> String { #""\#(name)":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"# }

@Suite struct SafetensorsDamageTests {
    private static let cases: [Damage] = [
        Damage(name: "long", header: "{}", length: 100_000_001, says: "longer than 100000000"),
        Damage(name: "huge", header: "{}", length: .max, says: "longer than 100000000"),
        Damage(name: "past the end", header: "{}", length: 11, says: "a header of 11 bytes does not fit into 18"),
        Damage(name: "not JSON", header: "[]", says: "not a JSON object"),
        Damage(name: "empty", header: "", dataBytes: 0, says: "not a JSON object"),
        Damage(name: "cut", header: "{\(tensor())", says: "expected '}'"),
        Damage(name: "more", header: "{\(tensor())}{", says: "expected the end"),
        Damage(name: "twice", header: "{\(tensor()),\(tensor())}", entry: "a", says: "comes twice"),
        Damage(
            name: "escaped twice", header: #"{\#(tensor()),\#(tensor(#"\u0061"#))}"#, entry: "a", says: "comes twice"),
        Damage(
            name: "key twice", header: #"{"a":{"shape":[2],"shape":[2],"dtype":"F32","data_offsets":[0,8]}}"#,
            entry: "a", says: "'shape' comes twice"),
        Damage(name: "no offsets", header: #"{"a":{"dtype":"F32","shape":[2]}}"#, entry: "a", says: "needs dtype"),
        Damage(name: "three offsets", header: "{\(tensor("a", "F32", "[2]", "[0,8,8]"))}", entry: "a", says: "two"),
        Damage(
            name: "unknown type", header: "{\(tensor("a", "F33"))}", code: .unsupported, entry: "a",
            says: "has the dtype 'F33'"),
        Damage(name: "negative", header: "{\(tensor("a", "F32", "[-2]"))}", entry: "a", says: "a whole number"),
        Damage(name: "fraction", header: "{\(tensor("a", "F32", "[2.0]"))}", entry: "a", says: "expected ']'"),
        Damage(
            name: "beyond 64 bits", header: "{\(tensor("a", "F32", "[9223372036854775808]"))}", entry: "a",
            says: "below 2⁶³"),
        Damage(
            name: "overflow", header: "{\(tensor("a", "F32", "[4294967296,4294967296,2]"))}", entry: "a",
            says: "more elements than can be counted"),
        Damage(name: "size", header: "{\(tensor("a", "F32", "[3]"))}", entry: "a", says: "takes 12 bytes"),
        Damage(name: "backwards", header: "{\(tensor("a", "F32", "[2]", "[8,0]"))}", entry: "a", says: "backwards"),
        Damage(name: "truncated", header: "{\(tensor())}", dataBytes: 7, entry: "a", says: "the file is truncated"),
        Damage(name: "left over", header: "{\(tensor())}", dataBytes: 9, says: "1 bytes after the last tensor"),
        Damage(
            name: "overlap", header: "{\(tensor()),\(tensor("b", "F32", "[2]", "[4,12]"))}", dataBytes: 12, entry: "b",
            says: "overlap"),
        Damage(
            name: "hole", header: "{\(tensor()),\(tensor("b", "F32", "[2]", "[12,20]"))}", dataBytes: 20, entry: "b",
            says: "bytes 8 to 12 before it belong to no tensor"),
        Damage(
            name: "half a character", header: #"{"\ud834x":{}}"#, says: "second half"),
        Damage(name: "text of numbers", header: #"{"__metadata__":{"a":1}}"#, dataBytes: 0, says: "expected '\"'"),
    ]

    @Test(arguments: cases) private func damageIsNamed(_ damage: Damage) throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.safetensors")
        try AtomicFile.write(damage.bytes, to: path)
        let error = failure { () throws(FileError) in _ = try SafetensorsFile(path: path) }
        #expect(error?.code == damage.code && error?.path == path)
        #expect(error?.entry == damage.entry)
        #expect(error?.what.contains(damage.says) == true, "\(error?.what ?? "no error")")
    }

    @Test func everyTruncationIsFound() throws {
        let folder = try ScratchFolder()
        let whole = try contents(of: fixture("pytorch.safetensors"))
        let path = folder.file("a.safetensors")
        for count in stride(from: 0, to: whole.count, by: 7) {
            try AtomicFile.write(Array(whole[..<count]), to: path)
            #expect(failure { () throws(FileError) in _ = try SafetensorsFile(path: path) }?.code == .corrupt)
        }
    }

    @Test func everyFlippedHeaderByteIsReadOrRefused() throws {
        let folder = try ScratchFolder()
        let whole = try contents(of: fixture("pytorch.safetensors"))
        let path = folder.file("a.safetensors")
        for place in stride(from: 0, to: whole.count, by: 11) {
            var changed = whole
            changed[place] ^= UInt8(1 << (place % 8))
            try AtomicFile.write(changed, to: path)
            // A change in a name or a number leaves a sound file; nothing may trap.
            _ = failure { () throws(FileError) in _ = try SafetensorsFile(path: path).tensors() }
        }
    }

    @Test func truthValuesOtherThanZeroAndOneAreRefused() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.safetensors")
        let file = Damage(name: "", header: "{\(tensor("a", "BOOL", "[2]", "[0,2]"))}", dataBytes: 0, says: "")
        try AtomicFile.write(file.bytes + [1, 2], to: path)
        let error = failure { () throws(FileError) in _ = try SafetensorsFile(path: path).tensor("a") }
        #expect(error?.code == .corrupt && error?.entry == "a")
    }

    @Test func shapesOfTooManyAxesAreRefused() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.safetensors")
        let file = Damage(
            name: "", header: "{\(tensor("a", "U8", "[1,1,1,1,1,1,1,1,2]", "[0,2]"))}", dataBytes: 2, says: "")
        try AtomicFile.write(file.bytes, to: path)
        let error = failure { () throws(FileError) in _ = try SafetensorsFile(path: path).tensor("a") }
        #expect(error?.code == .unsupported && error?.entry == "a")
    }

    @Test func whatIsNoFileIsRefused() throws {
        let folder = try ScratchFolder()
        #expect(failure { () throws(FileError) in _ = try SafetensorsFile(path: folder.path) }?.code == .refused)
        let missing = failure { () throws(FileError) in _ = try SafetensorsFile(path: folder.file("no")) }
        #expect(missing?.code == .missing)
    }
}
