// SPDX-License-Identifier: Apache-2.0
import KindlingIO
import Testing

/// A file that must be refused, the entry that is asked for, and the words that say why.
struct Attack: Sendable, CustomTestStringConvertible {
    let file: String
    var entry = "data"
    let code: FileError.Code
    let why: String

    var testDescription: String { "\(file): \(entry)" }
}

@Suite struct HDF5AttackTests {
    static let attacks: [Attack] = [
        Attack(file: "external_link.h5", code: .refused, why: "a link into another file"),
        Attack(file: "external_link.h5", entry: "layers/dense/secret", code: .refused, why: "a link into another file"),
        Attack(file: "soft_link.h5", entry: "alias", code: .refused, why: "a soft link"),
        Attack(file: "soft_link.h5", entry: "loop", code: .refused, why: "a soft link"),
        Attack(file: "external_storage.h5", code: .refused, why: "keeps its data in another file"),
        Attack(file: "virtual.h5", code: .refused, why: "a virtual dataset"),
        Attack(
            file: "deep.h5", entry: String(repeating: "g/", count: 40) + "data", code: .refused, why: "41 levels deep"),
        Attack(file: "huge_contiguous.h5", code: .refused, why: "declares 4503599627370496 bytes and stores 0"),
        Attack(file: "huge_chunked.h5", code: .refused, why: "declares 4398046511104 bytes and stores"),
        Attack(file: "huge_chunk.h5", code: .refused, why: "chunks of [67108864] elements"),
        Attack(file: "bomb.h5", code: .unsupported, why: "is compressed"),
        Attack(file: "deflated.h5", code: .unsupported, why: "is compressed"),
        Attack(file: "compound.h5", code: .refused, why: "the compound type"),
        Attack(file: "reference.h5", code: .refused, why: "the reference type"),
        Attack(file: "ragged.h5", code: .refused, why: "the variable-length type"),
        Attack(file: "texts.h5", code: .refused, why: "array of texts"),
        Attack(file: "array.h5", code: .refused, why: "the array type"),
        Attack(file: "opaque.h5", code: .refused, why: "the opaque type"),
        Attack(file: "enumeration.h5", code: .refused, why: "the enumeration type"),
        Attack(file: "filter.h5", code: .refused, why: "the filter 32000"),
        Attack(file: "null.h5", code: .refused, why: "empty without a shape"),
        Attack(file: "named_type.h5", code: .refused, why: "neither a group nor a dataset"),
        Attack(file: "unsigned.h5", code: .unsupported, why: "numbers of 8 bytes"),
        Attack(file: "nine_axes.h5", code: .unsupported, why: "9 axes"),
    ]

    @Test(arguments: attacks) func isRefusedByName(attack: Attack) throws {
        let file = try HDF5Reader(path: fixture(attack.file))
        let error = try #require(failure { () throws(FileError) in _ = try file.read(attack.entry) })
        #expect(error.code == attack.code)
        #expect(error.description.contains(attack.why), "\(error)")
        #expect(error.path == fixture(attack.file))
        #expect(attack.entry.hasPrefix(error.entry) && !error.entry.isEmpty, "\(error)")
        // The listing must not be a way around it.
        #expect(failure { () throws(FileError) in _ = try file.datasets() } != nil)
    }

    @Test(arguments: [
        ("cycle.h5", "linked twice, or inside itself"), ("diamond.h5", "linked twice, or inside itself"),
        ("deep.h5", "more than 32 levels"), ("name.h5", "no UTF-8"),
    ])
    func walksEnd(name: String, why: String) throws {
        let file = try HDF5Reader(path: fixture(name))
        let error = try #require(failure { () throws(FileError) in _ = try file.datasets() })
        #expect(error.code == .refused && error.description.contains(why), "\(error)")
    }

    @Test(arguments: [
        ("make_fixtures.py", FileError.Code.corrupt), ("no_such_file.h5", .missing), ("", .refused),
    ])
    func whatIsNoFileIsNotOpened(name: String, code: FileError.Code) {
        #expect(failure { () throws(FileError) in _ = try HDF5Reader(path: fixture(name)) }?.code == code)
    }
}
