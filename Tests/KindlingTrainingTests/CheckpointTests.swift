// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// A Python that has h5py, to look at files from outside.
enum Python {
    static let path: String? = {
        let wished = ProcessInfo.processInfo.environment["KINDLING_PYTHON"]
        return [wished, "python3"].compactMap { $0 }.first { output($0, "import h5py") != nil }
    }()

    /// What a program prints, or nil when it fails.
    static func output(_ python: String, _ program: String) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", program]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}

@Suite struct CheckpointTests {
    private func net(_ middle: Int = 4) -> Sequential {
        Sequential {
            Linear(2, middle)
            ReLU()
            Linear(middle, 3)
        }
    }

    private func module(_ net: Sequential, _ plan: OptimizerPlan = .sgd(learningRate: 0.1, momentum: 0.9))
        -> SupervisedModule
    {
        SupervisedModule(net, loss: CrossEntropy(), optimizer: plan)
    }

    /// Trains an epoch and gives the path of its last checkpoint, or of one after a step.
    private func checkpoint(in folder: Folder, _ net: Sequential, after step: Int? = nil) async throws -> String {
        let path = "\(folder.path)/kept.h5"
        let callbacks: [any Callback] =
            step.map { [After(step: $0) { try await $0.saveCheckpoint(to: path) }] } ?? [ModelCheckpoint()]
        let result = try await Trainer(limit: .epochs(1), callbacks: callbacks, options: options(in: folder))
            .fit(module(net), data: Points())
        return step == nil ? "\(try #require(result.directory))/checkpoints/last.h5" : path
    }

    @Test func layoutIsAsDocumented() async throws {
        let folder = try Folder()
        let file = try HDF5Reader(path: try await checkpoint(in: folder, net()))
        let lines = try file.datasets().map { dataset in
            if case .tensor(_, let shape) = dataset.content { "\(dataset.path) \(shape)" } else { dataset.path }
        }
        #expect(
            lines.sorted() == [
                "kindling/optimizer/model.0.bias/momentum [4]",
                "kindling/optimizer/model.0.weight/momentum [4, 2]",
                "kindling/optimizer/model.2.bias/momentum [3]",
                "kindling/optimizer/model.2.weight/momentum [3, 4]",
                "kindling/state",
                "layers/dense/vars/0 [2, 4]",
                "layers/dense/vars/1 [4]",
                "layers/dense_1/vars/0 [4, 3]",
                "layers/dense_1/vars/1 [3]",
            ])
        #expect(try file.attributes(of: "layers/dense_1/vars/0")["kindling_name"] == "2.weight")
    }

    @Test(.enabled(if: Python.path != nil, "no Python with h5py; name one in KINDLING_PYTHON"))
    func h5pyReadsTheWeights() async throws {
        let folder = try Folder()
        let net = self.net()
        let path = try await checkpoint(in: folder, net)
        let weight = try #require(net.namedParameters.first { $0.name == "0.weight" }).parameter
        let values = try weight.value.array(of: Float.self)
        let program = """
            import h5py
            w = h5py.File('\(path)', 'r')['layers/dense/vars/0'][()]
            print(' '.join(str(int(x)) for x in w.T.copy().view('uint32').ravel()))
            """
        let python = try #require(Python.path)
        let printed = try #require(Python.output(python, program))
        #expect(printed.split(whereSeparator: \.isWhitespace).map(String.init) == values.map { "\($0.bitPattern)" })
    }

    @Test func anotherModelIsRefusedWithEveryDifference() async throws {
        let folder = try Folder()
        let path = try await checkpoint(in: folder, net())
        let other = Sequential {
            Linear(2, 5)
            ReLU()
            Linear(5, 3, bias: false)
            Conv2D(1, 2, kernelSize: 3)
        }
        other.initialize(seed: 3)
        let before = try bits(other)
        let checkpoint = try Checkpoint(path: path)
        let found = await message(folder) { try checkpoint.loadWeights(into: other) }
        #expect(
            found?.components(separatedBy: "\n").dropFirst().joined(separator: "\n") == """
                  - 0.weight has the shape [5, 2], in the file [4, 2]
                  - 0.bias has the shape [5], in the file [4]
                  - 2.weight has the shape [3, 5], in the file [3, 4]
                  - 3.weight [2, 1, 3, 3] is not in the file
                  - 3.bias [2] is not in the file
                  - layers/dense_1/vars/1 has no place in the model; use the recipe or module that it was written with
                """)
        #expect(try bits(other) == before)
    }

    @Test func resumingOtherwiseIsRefusedAndChangesNothing() async throws {
        let folder = try Folder()
        let path = try await checkpoint(in: folder, net(), after: 3)
        let cases: [(plan: OptimizerPlan, data: Points, message: String)] = [
            (
                .adam(), Points(),
                "'FOLDER/kept.h5' was written with SGD, this run has Adam; "
                    + "resume with the optimizer of the checkpoint, or begin anew"
            ),
            (
                .sgd(learningRate: 0.1, momentum: 0.9), Points(fingerprint: "other"),
                "'FOLDER/kept.h5' was written with other data than this run's; "
                    + "resume with the data of the checkpoint, or begin anew from its weights"
            ),
            (
                .sgd(learningRate: 0.1, momentum: 0.9), Points(batchSize: 5),
                "'FOLDER/kept.h5' stands within an epoch of batches of 4, this run's batches have 5; "
                    + "resume with the batch size of the checkpoint, or begin anew from its weights"
            ),
        ]
        for (plan, data, expected) in cases {
            let net = self.net()
            net.initialize(seed: 3)
            let before = try bits(net)
            let found = await message(folder) {
                _ = try await Trainer(options: options(in: folder))
                    .fit(module(net, plan), data: data, resumingFrom: Checkpoint(path: path))
            }
            #expect(found == expected)
            #expect(try bits(net) == before)
        }
    }

    @Test func whatIsNoCheckpointIsRefused() async throws {
        let folder = try Folder()
        let path = try await checkpoint(in: folder, net())
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var damaged = whole
        damaged[whole.count / 2] ^= 1
        let plain = "\(folder.path)/plain.h5"
        let writer = try HDF5Writer()
        try writer.write("text", at: "note")
        try writer.finish().write(to: plain)
        let cases = [
            (
                try folder.write(damaged, to: "damaged.h5"),
                "FOLDER/damaged.h5: is damaged: its \(whole.count - 24) bytes are not those that were written; "
                    + "use an intact copy, such as the previous checkpoint"
            ),
            (
                plain,
                "'FOLDER/plain.h5' is an HDF5 file, but not a checkpoint of a run; "
                    + "give a file that a run wrote under checkpoints/"
            ),
            (
                "\(folder.path)/none.h5",
                "FOLDER/none.h5: does not exist (open: No such file or directory); check the path"
            ),
        ]
        for (path, expected) in cases {
            let found = await message(folder) { _ = try Checkpoint(path: path) }
            #expect(found == expected)
        }
        for (name, bytes) in [("truncated.h5", Array(whole[..<(whole.count / 2)])), ("text.h5", Array("text".utf8))] {
            let path = try folder.write(bytes, to: name)
            let error = #expect(throws: FileError.self) { try Checkpoint(path: path) }
            #expect(error?.code == .corrupt, "\(String(describing: error))")
        }
    }
}
