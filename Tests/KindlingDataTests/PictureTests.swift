// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingData

@Suite struct PictureTests {
    private func mnist(_ count: Int, labels: [UInt8], side: UInt32 = 28) throws -> Pictures {
        let pixels = [UInt8](repeating: 7, count: count * Int(side * side))
        return try MNIST.decode(
            images: FileContents(path: "images", bytes: idx([UInt32(count), side, side], pixels)),
            labels: FileContents(path: "labels", bytes: idx([UInt32(labels.count)], labels)))
    }

    @Test func filesThatDoNotBelongTogetherAreRefused() {
        #expect(
            mistake { _ = try mnist(3, labels: [1, 2]) }?.description.hasPrefix("labels: 2 classes for 3 pictures")
                == true)
        #expect(mistake { _ = try mnist(1, labels: [10]) }?.what == "picture 0 is of class 10; classes are 0 ... 9")
        #expect(mistake { _ = try mnist(1, labels: [1], side: 32) }?.code == .mismatch)
        #expect(mistake { _ = try mnist(0, labels: []) }?.code == .truncated)
    }

    @Test func recordsOfColourPicturesAreRead() throws {
        var records: [UInt8] = []
        for record: UInt8 in 0..<2 {
            records.append(record + 4)
            for plane: UInt8 in 0..<3 { records += [UInt8](repeating: plane * 10 + record, count: 1024) }
        }
        var pixels: [UInt8] = [], labels: [UInt8] = []
        try CIFAR10.decode(FileContents(path: "f", bytes: records), records: 2, pixels: &pixels, labels: &labels)
        #expect(labels == [4, 5])
        #expect(stride(from: 0, to: 6144, by: 1024).map { pixels[$0] } == [0, 10, 20, 1, 11, 21])
    }

    @Test(arguments: [0, 1, 3072, 3073, 6145, 6147, 9219]) func filesOfOtherLengthsAreRefused(length: Int) {
        let contents = FileContents(path: "f", bytes: [UInt8](repeating: 0, count: length))
        var pixels: [UInt8] = [], labels: [UInt8] = []
        let error = mistake { try CIFAR10.decode(contents, records: 2, pixels: &pixels, labels: &labels) }
        #expect(error?.code == (length < 6146 ? .truncated : .malformed))
    }

    @Test func recordOfAnUnknownClassIsRefused() {
        var bytes = [UInt8](repeating: 0, count: 6146), pixels: [UInt8] = [], labels: [UInt8] = []
        bytes[3073] = 10
        let error = mistake {
            try CIFAR10.decode(FileContents(path: "f", bytes: bytes), records: 2, pixels: &pixels, labels: &labels)
        }
        #expect(error?.what == "record 1 is of class 10; classes are 0 ... 9")
    }

    @Test func picturesCanBeTheirOwnTargets() throws {
        let pictures = try mnist(20, labels: (0..<20).map { UInt8($0 % 10) })
        let options = PictureOptions(batchSize: 4, validationFraction: 0.5, seed: 1, target: .input)
        let splits = try options.splits("p", training: pictures, test: pictures, MNIST.normalization)
        var batches = try #require(splits.training).batches(epoch: 0, seed: 0)
        let batch = try #require(try batches.next())
        #expect(batch.inputs.shape == [4, 1, 28, 28] && batch.targets.shape == [4, 1, 28, 28])
        #expect(try batch.inputs.array(of: Float.self).allSatisfy { abs($0 - 7.0 / 255) < 1e-7 })
        #expect(try batch.targets.array(of: Float.self) == batch.inputs.array(of: Float.self))
        #expect(MNISTDataModule(target: .input).info.classNames == [])
        #expect(CIFAR10DataModule(target: .input).info.classNames == [])
        var labelled = options
        labelled.target = .label
        let others = try labelled.splits("p", training: pictures, test: pictures, MNIST.normalization)
        #expect(others.fingerprint != splits.fingerprint)
    }

    @Test func lastPicturesAreHeldOutUnlessAShareIs() throws {
        let labels = (0..<6000).map { UInt8($0 % 10) }
        let last = try PictureOptions(batchSize: 1, validationFraction: nil, seed: 1).split(labels)
        #expect(last.training == Array(0..<1000))
        #expect(last.validation == Array(1000..<6000))
        let share = try PictureOptions(batchSize: 1, validationFraction: 0.1, seed: 1).split(labels)
        #expect((0..<10).allSatisfy { digit in share.validation.count { $0 % 10 == digit } == 60 })
        #expect(try PictureOptions(batchSize: 1, validationFraction: 0, seed: 1).split(labels).validation == [])
        #expect(
            mistake { _ = try PictureOptions(batchSize: 1, validationFraction: nil, seed: 1).split([1, 2]) }?.code
                == .invalidValue)
        #expect(
            mistake { _ = try PictureOptions(batchSize: 1, validationFraction: 2, seed: 1).split(labels) }?.code
                == .invalidValue)
    }
}

/// A loader's classes counted, and the sum and sum of squares of each channel's inputs.
private func survey(_ loader: DataLoader, channels: Int) throws -> (labels: [Int], mean: [Double], deviation: [Double])
{
    var labels = [Int](repeating: 0, count: 10), batches = loader.batches(epoch: 0, seed: 0)
    var sums = [Double](repeating: 0, count: channels), squares = sums, count = 0.0
    while let batch = try batches.next() {
        for label in try batch.targets.array(of: Int.self) { labels[label] += 1 }
        count += Double(batch.inputs.elementCount / channels)
        for channel in 0..<channels {
            let plane = batch.inputs.sliced(channel..<channel + 1, along: 1).converted(to: .float64)
            sums[channel] += try plane.sum().item()
            squares[channel] += try (plane * plane).sum().item()
        }
    }
    let mean = sums.map { $0 / count }
    return (labels, mean, zip(squares, mean).map { ($0 / count - $1 * $1).squareRoot() })
}

private let mnistDirectory = Published.directory(with: "mnist")
private let cifarDirectory = Published.directory(with: "cifar-10-batches-bin")

@Suite struct PublishedPictureTests {
    @Test(.enabled(if: mnistDirectory != nil, "MNIST is not here: set KINDLING_DATA to the folder above mnist/"))
    func mnistIsAsPublished() throws {
        let module = MNISTDataModule(batchSize: 1000, dataDirectory: mnistDirectory)
        let splits = try module.setup()
        #expect(splits.sampleCounts == module.info.sampleCounts)
        #expect(splits.sampleCounts == SampleCounts(training: 55_000, validation: 5_000, test: 10_000, predict: 10_000))
        let training = try #require(splits.training), validation = try #require(splits.validation)
        let base = try #require(training.dataset as? Subset).base
        let found = try survey(DataLoader(base, batchSize: 1000, shuffle: false), channels: 1)
        #expect(found.labels == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
        // 0.1307 and 0.3081 are rounded, so normalised pixels miss 0 and 1 by as much.
        #expect(abs(found.mean[0]) < 2e-4 && abs(found.deviation[0] - 1) < 2e-4)
        let test = try survey(try #require(splits.test), channels: 1)
        #expect(test.labels == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
        #expect(try remaining(validation).first?.first == 55_000)
        let share = MNISTDataModule(validationFraction: 0.1, dataDirectory: mnistDirectory)
        #expect(try share.setup().sampleCounts == share.info.sampleCounts)
    }

    @Test(
        .enabled(
            if: cifarDirectory != nil,
            "CIFAR-10 is not here: set KINDLING_DATA to the folder above cifar-10-batches-bin/"))
    func cifarIsAsPublished() throws {
        let module = CIFAR10DataModule(batchSize: 1000, dataDirectory: cifarDirectory)
        let splits = try module.setup()
        #expect(splits.sampleCounts == module.info.sampleCounts)
        let subset = try #require(splits.training?.dataset as? Subset)
        let first = try subset.base.batch(at: Array(0..<10))
        #expect(first.inputs.shape == [10, 3, 32, 32])
        #expect(try first.targets.array(of: Int.self) == [6, 9, 9, 4, 1, 1, 2, 7, 8, 3])
        let red = try first.inputs.array(of: Float.self).prefix(5)
        for (value, byte) in zip(red, [59, 43, 50, 68, 98] as [Float]) {
            #expect(abs(value - (byte / 255 - 0.4914) / 0.2470) < 1e-5)
        }
        let found = try survey(DataLoader(subset.base, batchSize: 1000, shuffle: false), channels: 3)
        #expect(found.labels == [Int](repeating: 5000, count: 10))
        #expect(found.mean.allSatisfy { abs($0) < 5e-4 })
        #expect(found.deviation.allSatisfy { abs($0 - 1) < 5e-4 })
        let test = try survey(try #require(splits.test), channels: 3)
        #expect(test.labels == [Int](repeating: 1000, count: 10))
    }
}
