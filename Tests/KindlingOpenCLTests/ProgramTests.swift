// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite struct ProgramTests {
    /// A folder that is removed when the test is over.
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }  // What was never made need not be removed.
        try body(folder)
    }

    @Test func theCacheFollowsTheEnvironment() {
        func path(_ environment: [String: String]) -> String? {
            BinaryStore.standard(environment: environment).folder?.path
        }
        #expect(path(["HOME": "/home/ada"]) == "/home/ada/.cache/kindling/opencl")
        #expect(path(["HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"]) == "/fast/kindling/opencl")
        #expect(path(["HOME": "/home/ada", "XDG_CACHE_HOME": "relative"]) == "/home/ada/.cache/kindling/opencl")
        #expect(path([:]) == nil)
    }

    @Test func whatIsStoredComesBackForItsKeyAlone() throws {
        try withFolder { folder in
            let store = BinaryStore(folder: folder)
            #expect(store.binary(for: "a") == nil)
            store.store([1, 2, 3], for: "a")
            #expect(store.binary(for: "a") == [1, 2, 3])
            let (a, b) = (try #require(store.file(for: "a")), try #require(store.file(for: "b")))
            try FileManager.default.moveItem(at: a, to: b)
            #expect(store.binary(for: "b") == nil)
        }
    }

    @Test func aDamagedEntryIsNoEntry() throws {
        try withFolder { folder in
            let store = BinaryStore(folder: folder)
            store.store([1, 2, 3], for: "a")
            let file = try #require(store.file(for: "a"))
            var data = try Data(contentsOf: file)
            data[data.count - 1] ^= 1
            try data.write(to: file)
            #expect(store.binary(for: "a") == nil)
            try data.prefix(9).write(to: file)
            #expect(store.binary(for: "a") == nil)
        }
    }

    @Test func aFolderThatCannotBeMadeIsNoError() {
        let store = BinaryStore(folder: URL(fileURLWithPath: "/dev/null/kindling"))
        store.store([1], for: "a")
        #expect(store.binary(for: "a") == nil)
    }

    @Test(.onDevice) func theSecondProcessCompilesNothing() throws {
        let device = try #require(TestDevice.devices.devices.first)
        try withFolder { folder in
            for expected in [1, 0] {
                let backend = try OpenCLBackend(device, binaries: BinaryStore(folder: folder))
                let result = try Comparison.run(
                    .elementwise(ScalarProgram(.square), .float32), [Sample([3], [1])], [.output([1])], on: backend)
                #expect(result == [[9]])
                #expect(backend.programs.compilationCount == expected)
            }
            let entry = try #require(
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).first)
            try Data("rubbish".utf8).write(to: entry)
            let backend = try OpenCLBackend(device, binaries: BinaryStore(folder: folder))
            _ = try Comparison.run(
                .elementwise(ScalarProgram(.square), .float32), [Sample([3], [1])], [.output([1])], on: backend)
            #expect(backend.programs.compilationCount == 1)
        }
    }

    @Test(.onDevice) func aRefusedKernelSaysWhyAndWhere() throws {
        let device = try TestDevice.required()
        var key = KernelKey(.gather)
        key.add(-1)
        let error = #expect(throws: TensorError.self) {
            try device.programs.kernel(key, for: "gather") { "__kernel void run() { return undeclared_name; }" }
        }
        #expect(error?.code == .deviceFailure)
        #expect(error?.what.contains("undeclared_name") == true)
        #expect(error?.what.contains(device.device.name) == true)
    }

    @Test(.onDevice) func aChangedConstantCompilesNothing() throws {
        let device = try #require(TestDevice.devices.devices.first)
        let backend = try OpenCLBackend(device, binaries: BinaryStore(folder: nil))
        for constant in [2.0, 3.0] {
            var program = ScalarProgram(inputs: 1, constants: [constant])
            program.outputs = [program.append(.multiply, 0, program.constant(0))]
            let result = try Comparison.run(
                .elementwise(program, .float32), [Sample([5], [1])], [.output([1])], on: backend)
            #expect(result == [[5 * constant]])
        }
        #expect(backend.programs.compilationCount == 1)
    }
}
