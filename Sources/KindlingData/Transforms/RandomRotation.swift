// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingDeclarations
public import KindlingEngine

/// How a value between pixels is found.
public enum PictureInterpolation: String, Sendable, Hashable, FieldChoice {
    /// The value of the nearest pixel.
    case nearest
    /// The weighted mean of the four pixels around.
    case bilinear
}

/// Turns each picture about its middle by a random angle of up to `degrees` either way.
///
/// As torchvision's `RandomRotation` of tensors; what comes from beyond the edge is black.
///
///     RandomRotation(degrees: 10)
///     augmentation: [{type: RandomRotation, degrees: 10}]
public struct RandomRotation: Transform {
    /// The largest angle either way.
    public let degrees: Double
    /// How values between pixels are found; by the nearest pixel, as in torchvision, unless said otherwise.
    public let interpolation: PictureInterpolation

    /// Describes a rotation.
    public init(degrees: Double, interpolation: PictureInterpolation = .nearest) {
        self.degrees = degrees
        self.interpolation = interpolation
    }

    /// Refuses angles that are none.
    public func validate() throws(DataError) {
        try checkTransform("degrees", degrees, FieldRange(low: 0, high: 180))
    }

    /// Turns each picture.
    public func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError) {
        try validate()
        let angles = streams.indices.map { (streams[$0].uniform() * 2 - 1) * degrees }
        pictures.rotate(angles, interpolation)
    }

    /// `RandomRotation` in recipes.
    public static let component = Component<any Transform>(
        "RandomRotation", "Turns each picture about its middle by a random angle.",
        Field(required: "degrees", in: FieldRange(low: 0, high: 180), unit: "degrees", "The largest angle either way."),
        Field(
            "interpolation", default: PictureInterpolation.nearest,
            "How values between pixels are found: by the nearest, or as the mean of four.")
    ) { degrees, interpolation in try RandomRotation(degrees: degrees, interpolation: interpolation).validated() }
}

extension PictureBatch {
    /// Turns each picture counter-clockwise by its angle in degrees.
    mutating func rotate(_ angles: [Double], _ interpolation: PictureInterpolation) {
        let (channels, height, width, plane) = (channels, height, width, planeSize)
        let middleRow = Float(height - 1) / 2, middleColumn = Float(width - 1) / 2
        replaceEach { picture, source, target in
            let angle = angles[picture] * .pi / 180
            let cosine = Float(cos(angle)), sine = Float(sin(angle))
            for row in 0..<height {
                for column in 0..<width {
                    let down = Float(row) - middleRow, right = Float(column) - middleColumn
                    let x = cosine * right - sine * down + middleColumn
                    let y = sine * right + cosine * down + middleRow
                    let into = row * width + column
                    switch interpolation {
                    case .nearest:
                        let (left, top) = (Int(x.rounded(.toNearestOrEven)), Int(y.rounded(.toNearestOrEven)))
                        let inside = left >= 0 && left < width && top >= 0 && top < height
                        for channel in 0..<channels {
                            target[channel * plane + into] = inside ? source[channel * plane + top * width + left] : 0
                        }
                    case .bilinear:
                        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
                        let (across, along) = (x - Float(left), y - Float(top))
                        for channel in 0..<channels {
                            func value(_ row: Int, _ column: Int) -> Float {
                                let inside = column >= 0 && column < width && row >= 0 && row < height
                                return inside ? source[channel * plane + row * width + column] : 0
                            }
                            let upper = value(top, left) * (1 - across) + value(top, left + 1) * across
                            let lower = value(top + 1, left) * (1 - across) + value(top + 1, left + 1) * across
                            target[channel * plane + into] = upper * (1 - along) + lower * along
                        }
                    }
                }
            }
        }
    }
}
