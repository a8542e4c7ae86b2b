// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import Testing

@testable import KindlingData

private let everything: [any Transform] = [
    RandomCrop(padding: 2), RandomHorizontalFlip(), RandomVerticalFlip(), RandomRotation(degrees: 15),
    ColorJitter(brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.1), RandomErasing(),
]

private func augmented(_ transforms: [any Transform] = everything, count: Int = 12) throws -> AugmentedDataset {
    let pixels = (0..<count * 192).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 192) }
    return try AugmentedDataset(
        TensorDataset(
            features: Tensor(pixels, shape: [count, 3, 8, 8]), targets: Tensor(Array(0..<count)),
            normalization: Standardization(scale: 1 / 255, mean: [0.5], standardDeviation: [0.25])),
        transforms: transforms)
}

/// Each sample's pixels in a pass, by the sample's number.
private func seen(_ loader: DataLoader, epoch: Int, seed: UInt64 = 7, from first: Int = 0) throws -> [Int: [UInt32]] {
    var batches = loader.batches(epoch: epoch, seed: seed, from: first)
    var pictures: [Int: [UInt32]] = [:]
    while let batch = try batches.next() {
        let bits = try batch.inputs.array(of: Float.self).map(\.bitPattern)
        let size = bits.count / batch.count
        for (place, sample) in batch.indices.enumerated() {
            pictures[sample] = Array(bits[place * size..<(place + 1) * size])
        }
    }
    return pictures
}

@Suite struct AugmentationTests {
    @Test func picturesDependOnSeedEpochAndSampleAlone() throws {
        let dataset = try augmented()
        let expected = try seen(DataLoader(dataset, batchSize: 12, shuffle: false), epoch: 3)
        #expect(expected.count == 12)
        for size in [1, 5, 12] {
            #expect(try seen(DataLoader(dataset, batchSize: size, shuffle: true), epoch: 3) == expected)
        }
        let subset = DataLoader(try Subset(dataset, indices: [9, 2, 5]), batchSize: 2, shuffle: true)
        #expect(try seen(subset, epoch: 3) == expected.filter { [9, 2, 5].contains($0.key) })
        let other = try seen(DataLoader(dataset, batchSize: 12, shuffle: false), epoch: 4)
        #expect((0..<12).allSatisfy { other[$0] != expected[$0] })
        #expect(try seen(DataLoader(dataset, batchSize: 12, shuffle: false), epoch: 3, seed: 8) != expected)
    }

    @Test func resumedEpochShowsThePicturesThatWereLeft() throws {
        let loader = DataLoader(try augmented(), batchSize: 5, shuffle: true)
        let whole = try seen(loader, epoch: 2), rest = try seen(loader, epoch: 2, from: 1)
        #expect(rest.count == 7)
        #expect(rest == whole.filter { rest.keys.contains($0.key) })
    }

    @Test func normalizationComesAfter() throws {
        let dataset = try augmented([RandomCrop(padding: 8)])
        var batches = DataLoader(dataset, batchSize: 12, shuffle: false).batches(epoch: 0, seed: 1)
        let values = try #require(try batches.next()).inputs.array(of: Float.self)
        // Black is (0 / 255 - 0.5) / 0.25.
        #expect(values.min() == -2)
        #expect(values.count { $0 == -2 } > 192)
        #expect(
            try dataset.batch(at: [3]).inputs.array(of: Float.self)
                == dataset.base.batch(at: [3]).inputs.array(of: Float.self))
    }

    @Test func onlyTrainingSeesChangedPictures() throws {
        let pictures = try Pictures(
            pixels: (0..<20 * 192).map { UInt8(truncatingIfNeeded: $0 * 31) }[...],
            labels: (0..<20).map { UInt8($0 % 10) }, shape: [3, 8, 8], path: "p")
        let normalization = Standardization(scale: 1 / 255, mean: [0], standardDeviation: [1])
        var options = PictureOptions(batchSize: 4, validationFraction: 0.5, seed: 1)
        let plain = try options.splits("p", training: pictures, test: pictures, normalization)
        options.augmentation = everything
        let changed = try options.splits("p", training: pictures, test: pictures, normalization)
        func both(_ path: KeyPath<DataSplits, DataLoader?>) throws -> (plain: [Int: [UInt32]], changed: [Int: [UInt32]])
        {
            (
                try seen(try #require(plain[keyPath: path]), epoch: 0),
                try seen(try #require(changed[keyPath: path]), epoch: 0)
            )
        }
        let training = try both(\.training), validation = try both(\.validation), test = try both(\.test)
        #expect(training.plain.keys == training.changed.keys)
        #expect(training.plain != training.changed)
        #expect(validation.plain == validation.changed && test.plain == test.changed)
        options.target = .input
        var batches = try #require(try options.splits("p", training: pictures, test: pictures, normalization).training)
            .batches(epoch: 0, seed: 0)
        let batch = try #require(try batches.next())
        #expect(try batch.inputs.array(of: Float.self) == batch.targets.array(of: Float.self))
    }

    @Test func whatIsNoPictureIsRefused() throws {
        #expect(mistake { _ = try AugmentedDataset(try numbers(), transforms: []) }?.code == .mismatch)
        #expect(mistake { _ = try augmented([RandomCrop(padding: -1)]) }?.code == .invalidValue)
        #expect(
            mistake { _ = try augmented().batch(at: [12], in: DataPass(epoch: 0, seed: 0)) }?.code == .indexOutOfRange)
        #expect(try augmented().batch(at: [], in: DataPass(epoch: 0, seed: 0)).inputs.shape == [0, 3, 8, 8])
    }

    @Test(arguments: [DeclaredValue.Content.scalar("RandomHorizontalFlip", quoted: false)])
    func recipesNameTransforms(content: DeclaredValue.Content) throws {
        let here = Origin(source: "test")
        func scalar(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: here) }
        func mapping(_ entries: [(String, DeclaredValue)]) -> DeclaredValue {
            DeclaredValue(.mapping(entries.map { .init(key: $0, keyOrigin: here, value: $1) }), at: here)
        }
        func module(padding: String) -> (made: (any DataModule)?, problems: [String]) {
            let crop = mapping([("type", scalar("RandomCrop")), ("padding", scalar(padding))])
            let list = DeclaredValue(.sequence([crop, DeclaredValue(content, at: here)]), at: here)
            let reader = RecipeReader()
            let made = DataModules.kind.make(
                from: mapping([("type", scalar("CIFAR10")), ("augmentation", list)]), reader)
            return (made, reader.problems.map(\.message))
        }
        #expect(module(padding: "4").made != nil && module(padding: "4").problems == [])
        #expect(module(padding: "0").problems == ["expected 1 ... 16384, found '0'"])
        #expect(Transforms.all.map(\.type) == Transforms.all.map(\.type).sorted())
    }
}
