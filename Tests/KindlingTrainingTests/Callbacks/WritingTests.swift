// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingIO
import KindlingMetrics
import KindlingNN
import Testing

@testable import KindlingTraining

@Suite struct WritingTests {
    private func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test(arguments: [(3, 2, 1), (5, 4, 3), (200, 150, 4)])
    func picturesAreReadByOthers(_ width: Int, _ height: Int, _ channels: Int) throws {
        let pixels = (0..<width * height * channels).map { UInt8($0 * 7 % 256) }
        let file = PNG.encoded(pixels: pixels, width: width, height: height, channels: channels)
        let folder = try Folder()
        let path = try folder.write(file, to: "picture.png")
        // The checksums, the zlib stream and the filters, by Python's own library.
        let program = """
            import struct, zlib
            data = open('\(path)', 'rb').read()
            assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
            at, pixels = 8, b''
            while at < len(data):
                size, = struct.unpack('>I', data[at:at + 4])
                kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
                assert struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + body)
                if kind == b'IHDR': w, h, depth, colour = struct.unpack('>IIBB', body[:10])
                if kind == b'IDAT': pixels += body
                at += 12 + size
            rows = zlib.decompress(pixels)
            n = {0: 1, 2: 3, 6: 4}[colour]
            stride = w * n + 1
            assert len(rows) == stride * h and all(rows[i * stride] == 0 for i in range(h))
            flat = b''.join(rows[i * stride + 1:(i + 1) * stride] for i in range(h))
            print(w, h, n, zlib.crc32(flat), flat == bytes(i * 7 % 256 for i in range(w * h * n)))
            """
        guard let printed = Python.output("python3", program) else { return }  // There is no Python to ask.
        let parts = printed.split(whereSeparator: \.isWhitespace)
        #expect(parts.map(String.init).prefix(3) == ["\(width)", "\(height)", "\(channels)"])
        #expect(parts.last == "True")
    }

    @Test func cellsAreQuotedWhereTheyMustBe() {
        var table = TableFile(["a", "b,c"])
        table.add(["say \"hi\"", "line\nend"])
        #expect(table.text == "a,\"b,c\"\n\"say \"\"hi\"\"\",\"line\nend\"\n")
    }

    @Test func matrixCountsEveryValidationSample() async throws {
        let folder = try Folder()
        let told = Told()
        let module = PointReader()
        let result = try await Trainer(
            limit: .epochs(2), callbacks: [ConfusionMatrixWriter()], loggers: [told], options: options(in: folder)
        ).fit(module, data: PointPictures())
        var counts = [[Int]](repeating: [0, 0, 0], count: 3)
        try await Trainer(options: options(in: folder)).predict(module, data: PointPictures()) { prediction in
            let predicted = try withTensorErrors { prediction.outputs.argmax(over: 1) }.array(of: Int64.self)
            for (actual, taken) in zip(try prediction.targets.array(of: Int64.self), predicted) {
                counts[Int(actual)][Int(taken)] += 1
            }
        }
        let path = "\(try #require(result.directory))/confusion_matrix"
        let names = ["red", "green", "blue"]
        #expect(
            try lines("\(path).csv") == ["actual \\ predicted,red,green,blue"]
                + zip(names, counts).map { "\($0),\($1.map(String.init).joined(separator: ","))" })
        #expect(try String(contentsOfFile: "\(path).svg", encoding: .utf8).contains(">green</text>"))
        let table = try #require(told.attachments.last)
        #expect(table.content == .table(rows: names, columns: names, values: counts.map { $0.map(Double.init) }))
    }

    @Test func moduleThatShowsNothingIsTold() async throws {
        let folder = try Folder()
        let trainer = Trainer(callbacks: [ConfusionMatrixWriter()], options: options(in: folder))
        let found = await message(folder) { _ = try await trainer.fit(Classifier(), data: Points()) }
        #expect(found?.hasPrefix("Classifier shows no outputs") == true)
    }

    @Test func picturesOfEveryEpochAreKept() async throws {
        let folder = try Folder()
        let told = Told()
        let result = try await Trainer(
            limit: .epochs(3), callbacks: [SamplePictures(count: 5, everyEpochs: 2)], loggers: [told],
            options: options(in: folder)
        ).fit(PointReader(), data: PointPictures())
        let path = "\(try #require(result.directory))/samples"
        #expect(try names(in: path) == ["epoch-2.csv", "epoch-2.png"])
        let rows = try lines("\(path)/epoch-2.csv")
        #expect(rows.first == "index,target,prediction")
        // Validation samples are numbers 100 to 105, whose classes are their remainders by three.
        #expect(
            rows.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: " ") } == [
                "0 green", "1 blue", "2 red", "3 green", "4 blue",
            ])
        // Two pixels of 32 each side by side, with a frame of two; five pictures.
        let content = try #require(told.attachments.last).content
        guard case .picture(let pixels, let width, let height, 3) = content else {
            Issue.record("no picture: \(content)")
            return
        }
        #expect(width == 340 && height == 36)
        #expect(pixels.count == width * height * 3)
    }

    @Test func framesTellRightFromWrong() {
        let grid = PictureGrid(
            width: 64, height: 64, columns: 2,
            cells: [.init(pixels: .init(repeating: 9, count: 64 * 64 * 3), frame: [1, 2, 3])])
        let (pixels, width, height) = grid.picture
        #expect(width == 136 && height == 68)
        #expect(Array(pixels[0..<3]) == [1, 2, 3])
        #expect(Array(pixels[(2 * 136 + 2) * 3..<(2 * 136 + 3) * 3]) == [9, 9, 9])
        #expect(Array(pixels[(67 * 136 + 135) * 3..<(67 * 136 + 136) * 3]) == [255, 255, 255])
    }

    @Test func brightnessGoesFromTheSmallestNumberToTheLargest() {
        #expect(
            SamplePictures.bytes([-1, 0, 1, .nan][...], channels: 1) == [
                0, 0, 0, 128, 128, 128, 255, 255, 255, 0, 0, 0,
            ])
        #expect(SamplePictures.bytes([0, 1, 2][...], channels: 3) == [0, 128, 255])
        #expect(SamplePictures.bytes([5, 5][...], channels: 1) == [0, 0, 0, 0, 0, 0])
    }

    @Test func predictionsAreThoseOfTheModule() async throws {
        let folder = try Folder()
        let module = PointReader()
        module.initialize(seed: 42)
        var expected = ["index,target,prediction,output_0,output_1,output_2"]
        let names = ["red", "green", "blue"]
        let writer = PredictionWriter(), tensorWriter = PredictionWriter(format: .safetensors, perBatch: true)
        var directory = ""
        let look = LambdaCallback(runEnded: { directory = try $0.directory() })
        try await Trainer(callbacks: [writer, tensorWriter, look], options: options(in: folder))
            .predict(module, data: PointPictures()) { prediction in
                let outputs = try prediction.outputs.array(of: Float.self)
                let targets = try prediction.targets.array(of: Int64.self)
                for (row, index) in prediction.indices.enumerated() {
                    let own = outputs[row * 3..<row * 3 + 3]
                    let best = own.indices.max { own[$0] < own[$1] } ?? 0
                    expected.append(
                        "\(index),\(names[Int(targets[row])]),\(names[best - row * 3]),"
                            + own.map { "\($0)" }.joined(separator: ","))
                }
            }
        #expect(try lines("\(directory)/predictions.csv") == expected)
        #expect(
            try KindlingTrainingTests.names(in: "\(directory)/predictions") == [
                "batch-0.safetensors", "batch-1.safetensors",
            ])
        let file = try SafetensorsFile(path: "\(directory)/predictions/batch-1.safetensors").tensors()
        #expect(
            file.map { "\($0.name) \($0.value.shape)" }.sorted() == ["indices [2]", "outputs [2, 3]", "targets [2]"])
    }
}
