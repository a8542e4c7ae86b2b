// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingIO
import Testing

/// The committed files, written by `Fixtures/make_fixtures.py`.
func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
}

/// A folder of the test's own, gone when the test is over.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "kindling-io-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    var entries: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}

func contents(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

/// What a closure throws, or nil.
func failure(_ body: () throws(FileError) -> Void) -> FileError? {
    do throws(FileError) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// One dataset of every element type, with bytes that no two elements share.
func sampleDatasets() -> [(path: String, dataset: HDF5Dataset)] {
    [
        (
            "layers/dense/vars/0",
            HDF5Dataset([Float](stride(from: 0, to: 3, by: 0.25)), dtype: .float32, shape: [3, 4])
        ),
        ("layers/dense/vars/1", HDF5Dataset([Double](arrayLiteral: 1, -2.5), dtype: .float64, shape: [2])),
        ("layers/dense/vars/2", HDF5Dataset([0x3C00, 0xC100, 0x7C00] as [UInt16], dtype: .float16, shape: [3])),
        ("layers/dense/vars/10", HDF5Dataset([0x3F80, 0xC020] as [UInt16], dtype: .bfloat16, shape: [2, 1])),
        ("layers/dense_1/vars/0", HDF5Dataset([-1, 1 << 30] as [Int32], dtype: .int32, shape: [2])),
        ("layers/dense_1/vars/1", HDF5Dataset([-1, 1 << 60] as [Int64], dtype: .int64, shape: [1, 2])),
        ("layers/dense_2/vars/0", HDF5Dataset([0, 7, 255] as [UInt8], dtype: .uint8, shape: [3])),
        ("layers/dense_2/vars/1", HDF5Dataset([1, 0, 1] as [UInt8], dtype: .bool, shape: [3])),
        ("layers/dense_10/vars/0", HDF5Dataset([Float](), dtype: .float32, shape: [0, 5])),
        ("step", HDF5Dataset([42] as [Int64], dtype: .int64, shape: [], attributes: ["unit": "Schritt – ü"])),
    ]
}

func sampleImage() throws -> FileImage {
    let writer = try HDF5Writer()
    for (path, dataset) in sampleDatasets() { try writer.write(dataset, at: path) }
    try writer.setAttribute("name", to: "dense", at: "layers/dense/vars")
    try writer.write("seed: 1\nname: grüße\n", at: "recipe")
    try writer.write("", at: "empty_text")
    try writer.makeGroup("layers/flatten/vars")
    return try writer.finish()
}
