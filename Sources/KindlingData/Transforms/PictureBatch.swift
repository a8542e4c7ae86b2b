// SPDX-License-Identifier: Apache-2.0

/// Pictures of one size in memory, to be changed by transforms.
public struct PictureBatch: Sendable, Hashable {
    /// The pixels in row-major order: `[count, channels, height, width]`, from 0 for black to ``white``.
    public var pixels: [Float]
    /// The number of pictures.
    public let count: Int
    /// Planes of a picture: 1 for grey, 3 for red, green and blue.
    public let channels: Int
    /// Rows of a plane.
    public let height: Int
    /// Pixels of a row.
    public let width: Int
    /// The brightest value: 255 for pictures stored in bytes, else 1.
    public let white: Float

    /// Puts pixels and sizes together.
    ///
    /// The pixels fill `[count, channels, height, width]`; where there are too few, black is added.
    public init(pixels: [Float], count: Int, channels: Int, height: Int, width: Int, white: Float) {
        self.pixels = pixels
        self.count = max(0, count)
        self.channels = max(0, channels)
        self.height = max(0, height)
        self.width = max(0, width)
        self.white = white
        let missing = self.count * self.channels * self.height * self.width - pixels.count
        if missing > 0 { self.pixels += [Float](repeating: 0, count: missing) }
    }

    /// Pixels of a plane.
    public var planeSize: Int { height * width }
    /// Pixels of a picture.
    public var pictureSize: Int { channels * planeSize }

    /// Calls `body` with the number and the pixels of each picture.
    public mutating func changeEach(_ body: (Int, UnsafeMutableBufferPointer<Float>) -> Void) {
        let (count, size) = (count, pictureSize)
        pixels.withUnsafeMutableBufferPointer { all in
            for picture in 0..<count {
                body(picture, UnsafeMutableBufferPointer(rebasing: all[picture * size..<(picture + 1) * size]))
            }
        }
    }

    /// Calls `body` with the number of each picture, its pixels as they are, and the place for what they become.
    ///
    /// `body` must write every pixel.
    public mutating func replaceEach(
        _ body: (Int, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        let size = pictureSize
        var before = [Float](repeating: 0, count: size)
        changeEach { picture, pixels in
            before.withUnsafeMutableBufferPointer { _ = $0.update(from: pixels) }
            before.withUnsafeBufferPointer { body(picture, $0, pixels) }
        }
    }
}
