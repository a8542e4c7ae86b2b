// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingIO
import Testing

/// A Python that has h5py: `KINDLING_PYTHON`, or `python3` on the path; nil when there is none.
let python: String? = {
    let candidates = [ProcessInfo.processInfo.environment["KINDLING_PYTHON"], "python3"]
    return candidates.compactMap(\.self).first { run($0, "import h5py, numpy") != nil }
}()

/// What a Python program prints, or nil when it fails.
func run(_ python: String, _ program: String, _ arguments: String...) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", program] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text : nil
}

@Suite struct HDF5InteropTests {
    @Test(arguments: ["h5py_earliest.h5", "h5py_latest.h5"])
    func readsWhatH5pyWrites(name: String) throws {
        let file = try HDF5Reader(path: fixture(name))
        let layers = ["dense", "dense_1", "dense_2", "dense_10"]
        #expect(try file.children(of: "layers").map(\.name) == layers)
        #expect(try file.children(of: "layers/dense_2/vars").map(\.name) == (0..<12).map(String.init))
        for layer in layers {
            #expect(try file.attributes(of: "layers/\(layer)/vars") == ["name": "the \(layer) läyer"])
        }
        let values = (0..<6).map { Float($0) / 8 + 11 }
        #expect(try file.read("layers/dense_2/vars/11") == HDF5Dataset(values, dtype: .float32, shape: [2, 3]))

        let whole = (-3..<9).map { $0 }
        let halves: [UInt16] = [
            0xC200, 0xC000, 0xBC00, 0, 0x3C00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600, 0x4700, 0x4800,
        ]
        let kinds: [String: HDF5Dataset] = [
            "float32": HDF5Dataset(whole.map(Float.init), dtype: .float32, shape: [3, 4]),
            "float64": HDF5Dataset(whole.map(Double.init), dtype: .float64, shape: [3, 4]),
            "float16": HDF5Dataset(halves, dtype: .float16, shape: [3, 4]),
            "int32": HDF5Dataset(whole.map(Int32.init), dtype: .int32, shape: [3, 4]),
            "int64": HDF5Dataset(whole.map(Int64.init), dtype: .int64, shape: [3, 4]),
            "uint8": HDF5Dataset(whole.map { UInt8(truncatingIfNeeded: $0) }, dtype: .uint8, shape: [3, 4]),
            "bool": HDF5Dataset([1, 0, 1] as [UInt8], dtype: .bool, shape: [3]),
            "bfloat16": HDF5Dataset([0x3F80, 0xC000, 0x7F80] as [UInt16], dtype: .bfloat16, shape: [3]),
            "scalar": HDF5Dataset([0.1] as [Float], dtype: .float32, shape: []),
        ]
        for (kind, expected) in kinds { #expect(try file.read("kinds/\(kind)") == expected, "\(kind)") }

        let sevens = (0..<5).map { 7 * $0 }
        let converted: [String: HDF5Dataset] = [
            "big_f4": HDF5Dataset(sevens.map(Float.init), dtype: .float32, shape: [5]),
            "big_f8": HDF5Dataset(sevens.map(Double.init), dtype: .float64, shape: [5]),
            "big_f2": HDF5Dataset([0, 0x4700, 0x4B00, 0x4D40, 0x4F00] as [UInt16], dtype: .float16, shape: [5]),
            "big_i4": HDF5Dataset(sevens.map(Int32.init), dtype: .int32, shape: [5]),
            "big_i8": HDF5Dataset(sevens.map(Int64.init), dtype: .int64, shape: [5]),
            "i1": HDF5Dataset(sevens.map(Int32.init), dtype: .int32, shape: [5]),
            "i2": HDF5Dataset(sevens.map(Int32.init), dtype: .int32, shape: [5]),
            "u2": HDF5Dataset(sevens.map(Int32.init), dtype: .int32, shape: [5]),
            "u4": HDF5Dataset(sevens.map(Int64.init), dtype: .int64, shape: [5]),
        ]
        for (kind, expected) in converted { #expect(try file.read("converted/\(kind)") == expected, "\(kind)") }

        let chunked = HDF5Dataset((0..<64).map(Float.init), dtype: .float32, shape: [8, 8])
        #expect(try file.read("chunked") == chunked)
        #expect(try file.text("texts/variable") == "grüße {}")
        #expect(try file.text("texts/fixed") == "fixed")
        #expect(try file.attributes(of: "texts") == ["fixed": "abc", "empty": ""])
        #expect(try file.verify("kinds/float32") == false)
        #expect(try file.read("kinds/empty") == HDF5Dataset(dtype: .float32, shape: [0, 4], bytes: []))
    }

    @Test(.enabled(if: python != nil, "needs a Python with h5py: set KINDLING_PYTHON"))
    func h5pyReadsWhatWeWrite() throws {
        let folder = try ScratchFolder()
        try sampleImage().write(to: folder.file("a.h5"))
        let program = """
            import h5py, sys
            with h5py.File(sys.argv[1], "r") as file:
                def line(name, item):
                    if isinstance(item, h5py.Dataset):
                        layout = item.id.get_create_plist().get_layout() == h5py.h5d.CONTIGUOUS
                        value = item[()]
                        data = value if isinstance(value, bytes) else value.tobytes()
                        print(name, item.dtype, item.shape, layout, item.attrs.get("dtype", "-"), data.hex() or "none")
                file.visititems(line)
                print(file["layers/dense/vars"].attrs["name"], file["step"].attrs["unit"])
                print(file["recipe"].asstr()[()].split())
                print(file["layers/dense_1/vars/1"].attrs["kindling.checksum"])
            """
        let checksum = [Int64(-1), 1 << 60].withUnsafeBytes {
            Checksum.of($0, seed: Checksum.of("layers/dense_1/vars/1 int64 1,2"))
        }
        let interpreter = try #require(python)
        let printed = try #require(run(interpreter, program, folder.file("a.h5")))
        #expect(
            printed
                == """
                empty_text |S1 () True - none
                layers/dense/vars/0 float32 (3, 4) True - \(hex("layers/dense/vars/0"))
                layers/dense/vars/1 float64 (2,) True - \(hex("layers/dense/vars/1"))
                layers/dense/vars/10 |V2 (2, 1) True bfloat16 \(hex("layers/dense/vars/10"))
                layers/dense/vars/2 float16 (3,) True - \(hex("layers/dense/vars/2"))
                layers/dense_1/vars/0 int32 (2,) True - \(hex("layers/dense_1/vars/0"))
                layers/dense_1/vars/1 int64 (1, 2) True - \(hex("layers/dense_1/vars/1"))
                layers/dense_10/vars/0 float32 (0, 5) True - none
                layers/dense_2/vars/0 uint8 (3,) True - \(hex("layers/dense_2/vars/0"))
                layers/dense_2/vars/1 uint8 (3,) True bool \(hex("layers/dense_2/vars/1"))
                recipe |S22 () True - \(hexadecimal(Array("seed: 1\nname: grüße\n".utf8)))
                step int64 () True - \(hex("step"))
                dense Schritt – ü
                ['seed:', '1', 'name:', 'grüße']
                xxh64:\(Checksum.hexadecimal(checksum))

                """)
    }

    private func hex(_ path: String) -> String {
        hexadecimal(sampleDatasets().first { $0.path == path }?.dataset.bytes ?? [])
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
}
