// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import Testing

@testable import KindlingData

/// What torchvision makes of two pictures; see Fixtures/make_transforms.py.
private let torchvision: [String: [Float]] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Fixtures/transforms.json")
    guard let data = try? Data(contentsOf: path),  // Nothing is found without it, and every test fails.
        let values = try? JSONDecoder().decode([String: [Float]].self, from: data)
    else { return [:] }
    return values
}()

private func pictures(channels: Int = 3, white: Float = 1) -> PictureBatch {
    let all = torchvision["pictures"] ?? []
    let pixels = (0..<2).flatMap { all[$0 * 90..<$0 * 90 + channels * 30] }
    return PictureBatch(
        pixels: pixels.map { $0 * white }, count: 2, channels: channels, height: 5, width: 6, white: white)
}

private func expectEqual(_ found: PictureBatch, _ name: String, scale: Float = 1, at place: SourceLocation) throws {
    let expected = try #require(torchvision[name], sourceLocation: place)
    let off = zip(found.pixels, expected).map { abs($0 - $1 * scale) / scale }.max() ?? 1
    #expect(found.pixels.count == expected.count && off < 2e-6, "\(name) is off by \(off)", sourceLocation: place)
}

@Suite struct TransformValueTests {
    @Test(arguments: [PictureBorder.constant, .edge, .reflect]) func cropsEqualTorchvision(border: PictureBorder) throws
    {
        var batch = pictures()
        batch.shift([(down: -2, right: 1), (down: 3, right: -3)], border: border, fill: 0.25)
        try expectEqual(batch, "crop_\(border.rawValue)", at: #_sourceLocation)
    }

    @Test func flipsEqualTorchvision() throws {
        var batch = pictures()
        batch.flip([true, false], .horizontal)
        try expectEqual(batch, "flip_horizontal", at: #_sourceLocation)
        batch = pictures()
        batch.flip([false, true], .vertical)
        try expectEqual(batch, "flip_vertical", at: #_sourceLocation)
    }

    @Test(arguments: [PictureInterpolation.nearest, .bilinear])
    func rotationsEqualTorchvision(interpolation: PictureInterpolation) throws {
        var batch = pictures()
        batch.rotate([25, -70], interpolation)
        try expectEqual(batch, "rotate_\(interpolation.rawValue)", at: #_sourceLocation)
    }

    @Test(arguments: [Float(1), 255]) func coloursEqualTorchvision(white: Float) throws {
        let cases: [(PictureColors.Change, String, [Float])] = [
            (.brightness, "brightness", [0.6, 1.5]), (.contrast, "contrast", [0.4, 1.7]),
            (.saturation, "saturation", [0.2, 1.9]), (.hue, "hue", [0.3, -0.45]),
        ]
        func changed(_ batch: PictureBatch, _ change: PictureColors.Change, _ amounts: [Float]) -> PictureBatch {
            var batch = batch
            let (plane, grey) = (batch.planeSize, batch.channels == 1)
            batch.changeEach { picture, pixels in
                PictureColors(pixels: pixels, planeSize: plane, isGrey: grey, white: white)
                    .apply(change, amounts[picture])
            }
            return batch
        }
        for (change, name, amounts) in cases {
            try expectEqual(
                changed(pictures(white: white), change, amounts), name, scale: white, at: #_sourceLocation)
            let grey = pictures(channels: 1, white: white)
            if change == .brightness || change == .contrast {
                try expectEqual(changed(grey, change, amounts), "grey_\(name)", scale: white, at: #_sourceLocation)
            } else {
                #expect(changed(grey, change, amounts) == grey)
            }
        }
    }
}

/// Ten thousand pictures of one pixel in the middle of black, seen through a transform.
private func streams(_ count: Int) -> [RandomStream] {
    DataPass(epoch: 1, seed: 3).streams("augmentation", samples: Array(0..<count))
}

@Suite struct TransformDrawTests {
    @Test func everyPlaceOfACropIsEquallyLikely() throws {
        let count = 10_000
        var dots = [Float](repeating: 0, count: count * 9), streams = streams(count)
        for picture in 0..<count { dots[picture * 9 + 4] = 1 }
        var batch = PictureBatch(pixels: dots, count: count, channels: 1, height: 3, width: 3, white: 1)
        try RandomCrop(padding: 1).apply(to: &batch, drawingFrom: &streams)
        var counts = [Int](repeating: 0, count: 9)
        for picture in 0..<count {
            let lit = (0..<9).filter { batch.pixels[picture * 9 + $0] == 1 }
            #expect(lit.count == 1)
            counts[lit.first ?? 0] += 1
        }
        // Chi-squared of eight degrees of freedom: above 26.1 once in a thousand seeds.
        let expected = Double(count) / 9
        #expect(counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected } < 26.1)
    }

    @Test(arguments: [0, 0.3, 1.0]) func asManyPicturesAreFlippedAsAsked(probability: Double) throws {
        let count = 10_000
        var streams = streams(count)
        let pixels = (0..<2 * count).map { Float($0 % 2) }
        var batch = PictureBatch(pixels: pixels, count: count, channels: 1, height: 1, width: 2, white: 1)
        try RandomHorizontalFlip(probability: probability).apply(to: &batch, drawingFrom: &streams)
        let flipped = (0..<count).count { batch.pixels[2 * $0] == 1 }
        // Four standard deviations.
        let spread = (Double(count) * probability * (1 - probability)).squareRoot() * 4
        #expect(abs(Double(flipped) - Double(count) * probability) <= spread)
    }

    @Test func erasedRectanglesHaveTheSharesAsked() throws {
        let count = 300
        var streams = streams(count)
        var batch = PictureBatch(
            pixels: [Float](repeating: 1, count: count * 400), count: count, channels: 1, height: 20, width: 20,
            white: 1)
        try RandomErasing(probability: 0.5, scale: [0.1, 0.3], ratio: [0.5, 2]).apply(
            to: &batch, drawingFrom: &streams)
        let shares = (0..<count).map { picture in
            Double(batch.pixels[picture * 400..<(picture + 1) * 400].count { $0 == 0 }) / 400
        }
        let erased = shares.filter { $0 > 0 }
        #expect(abs(erased.count - 150) < 40)
        #expect(erased.allSatisfy { $0 > 0.08 && $0 < 0.34 })
    }

    @Test func coloursStayBetweenBlackAndWhite() throws {
        var streams = streams(2), batch = pictures(white: 255)
        let before = batch
        try ColorJitter(brightness: 2, contrast: 2, saturation: 2, hue: 0.5).apply(to: &batch, drawingFrom: &streams)
        #expect(batch != before)
        #expect(batch.pixels.allSatisfy { $0 >= 0 && $0 <= 255 })
        let changed = batch
        try ColorJitter().apply(to: &batch, drawingFrom: &streams)
        #expect(batch == changed)
    }

    @Test func impossibleParametersAreRefusedByName() {
        let cases: [(any Transform, String)] = [
            (RandomCrop(padding: 0), "padding is 0.0, but must be 1 ... 16384"),
            (RandomCrop(padding: .max), "padding is 9.223372036854776e+18, but must be 1 ... 16384"),
            (RandomCrop(padding: 1, fill: 2), "fill is 2.0, but must be 0 ... 1"),
            (RandomHorizontalFlip(probability: -0.1), "probability is -0.1, but must be 0 ... 1"),
            (RandomVerticalFlip(probability: .nan), "probability is nan, but must be 0 ... 1"),
            (RandomRotation(degrees: -1), "degrees is -1.0, but must be 0 ... 180"),
            (ColorJitter(hue: 0.6), "hue is 0.6, but must be 0 ... 0.5"),
            (ColorJitter(brightness: .infinity), "brightness is inf, but must be at least 0"),
            (RandomErasing(scale: [0.5, 0.1]), "scale is [0.5, 0.1], but must be two numbers, the smaller one first"),
            (RandomErasing(ratio: [1]), "ratio is [1.0], but must be two numbers, the smaller one first"),
        ]
        for (transform, what) in cases {
            var batch = pictures(), streams = streams(2)
            let found = mistake { try transform.apply(to: &batch, drawingFrom: &streams) }
            #expect(found?.what == what && mistake { try transform.validate() } == found)
        }
    }

    @Test func picturesThatDoNotFitAreRefused() {
        var batch = pictures(), streams = streams(2)
        #expect(
            mistake { try RandomCrop(padding: 5, border: .reflect).apply(to: &batch, drawingFrom: &streams) }?.what
                == "a mirrored border of 5 does not fit pictures of 5 by 6")
        batch = PictureBatch(pixels: [], count: 1, channels: 2, height: 1, width: 1, white: 1)
        #expect(
            mistake { try ColorJitter(hue: 0.1).apply(to: &batch, drawingFrom: &streams) }?.code == .mismatch)
    }
}
