// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// Changes brightness, contrast, saturation and hue of each picture, in random order.
///
/// Each of the first three is multiplied by a factor uniform over 1 − x ... 1 + x (from 0 on), and the hue is turned by
/// a share of the circle uniform over −hue ... hue, as in torchvision's `ColorJitter` of tensors. Pixels stay between
/// black and white. Grey pictures have neither saturation nor hue.
///
///     ColorJitter(brightness: 0.2, contrast: 0.2)
///     augmentation: [{type: ColorJitter, brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05}]
public struct ColorJitter: Transform {
    /// How far brightness goes from what it is.
    public let brightness: Double
    /// How far contrast goes from what it is.
    public let contrast: Double
    /// How far saturation goes from what it is.
    public let saturation: Double
    /// How far the hue is turned, in circles; at most one half.
    public let hue: Double

    /// Describes a jitter.
    public init(brightness: Double = 0, contrast: Double = 0, saturation: Double = 0, hue: Double = 0) {
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.hue = hue
    }

    private static let halfCircle = FieldRange(low: 0, high: 0.5)

    /// Refuses negative numbers, and hues of more than half a circle.
    public func validate() throws(DataError) {
        try checkTransform("brightness", brightness, .nonNegative)
        try checkTransform("contrast", contrast, .nonNegative)
        try checkTransform("saturation", saturation, .nonNegative)
        try checkTransform("hue", hue, ColorJitter.halfCircle)
    }

    /// Changes the colours of each picture.
    /// - Throws: `DataError` where saturation or hue are to change in pictures of neither one nor three channels.
    public func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError) {
        try validate()
        guard pictures.channels == 1 || pictures.channels == 3 else {
            throw DataError(
                .mismatch, "pictures of \(pictures.channels) channels have no colours to change",
                remedy: "give grey pictures, or red, green and blue")
        }
        let changes = streams.indices.map { draw(&streams[$0]) }
        let (plane, channels, white) = (pictures.planeSize, pictures.channels, pictures.white)
        pictures.changeEach { picture, pixels in
            let colors = PictureColors(pixels: pixels, planeSize: plane, isGrey: channels == 1, white: white)
            for (change, amount) in changes[picture] { colors.apply(change, Float(amount)) }
        }
    }

    private func draw(_ stream: inout RandomStream) -> [(PictureColors.Change, Double)] {
        let changes: [(PictureColors.Change, Double)] = [
            (.brightness, brightness), (.contrast, contrast), (.saturation, saturation), (.hue, hue),
        ]
        return stream.permutation(changes.count).compactMap { place in
            let (change, reach) = changes[place]
            guard reach > 0 else { return nil }
            let share = stream.uniform()
            if change == .hue { return (change, (2 * share - 1) * reach) }
            let low = max(0, 1 - reach)
            return (change, low + (1 + reach - low) * share)
        }
    }

    /// `ColorJitter` in recipes.
    public static let component = Component<any Transform>(
        "ColorJitter", "Changes brightness, contrast, saturation and hue of each picture, in random order.",
        Field("brightness", default: 0.0, in: .nonNegative, "How far brightness goes from what it is, a share."),
        Field("contrast", default: 0.0, in: .nonNegative, "How far contrast goes from what it is, a share."),
        Field("saturation", default: 0.0, in: .nonNegative, "How far saturation goes from what it is, a share."),
        Field("hue", default: 0.0, in: halfCircle, unit: "circles", "How far the hue is turned.")
    ) { brightness, contrast, saturation, hue in
        try ColorJitter(brightness: brightness, contrast: contrast, saturation: saturation, hue: hue).validated()
    }
}
