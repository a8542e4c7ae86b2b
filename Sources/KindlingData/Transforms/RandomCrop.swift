// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// What stands beyond a picture's edge.
public enum PictureBorder: String, Sendable, Hashable, FieldChoice {
    /// One value everywhere: black, or the one given.
    case constant
    /// The pixel at the edge, again and again.
    case edge
    /// The picture mirrored at the pixel at the edge, which is not repeated.
    case reflect
}

/// Cuts a window of the picture's own size out of the picture with a border around it, at a random place.
///
/// The window's upper left corner is uniform over the (2 · padding + 1)² places: the picture is moved by up to
/// `padding` pixels either way (Krizhevsky 2009; torchvision's `RandomCrop(size, padding)` at the picture's size).
///
///     RandomCrop(padding: 4)
///     augmentation: [{type: RandomCrop, padding: 4, border: reflect}]
public struct RandomCrop: Transform {
    /// Pixels of border on each side.
    public let padding: Int
    /// What the border shows.
    public let border: PictureBorder
    /// The border's value where it is constant: 0 is black, 1 is white.
    public let fill: Double

    /// Describes a crop.
    public init(padding: Int, border: PictureBorder = .constant, fill: Double = 0) {
        self.padding = padding
        self.border = border
        self.fill = fill
    }

    /// No picture is wider than what this allows.
    private static let widest = 16_384.0

    /// Refuses a border of no or too many pixels, and fills that are no shade.
    public func validate() throws(DataError) {
        try checkTransform("padding", Double(padding), FieldRange(low: 1, high: RandomCrop.widest))
        try checkTransform("fill", fill, .fraction)
    }

    /// Moves each picture.
    /// - Throws: `DataError` when a mirrored border would be wider than the picture.
    public func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError) {
        try validate()
        let shortest = min(pictures.height, pictures.width)
        guard border != .reflect || padding < shortest else {
            throw DataError(
                .mismatch,
                "a mirrored border of \(padding) does not fit pictures of \(pictures.height) by"
                    + " \(pictures.width)", remedy: "give at most \(shortest - 1), or another border")
        }
        let places = streams.indices.map { picture in
            (
                down: streams[picture].whole(below: 2 * padding + 1) - padding,
                right: streams[picture].whole(below: 2 * padding + 1) - padding
            )
        }
        pictures.shift(places, border: border, fill: Float(fill) * pictures.white)
    }

    /// `RandomCrop` in recipes.
    public static let component = Component<any Transform>(
        "RandomCrop", "Cuts a window of the picture's size out of the picture with a border, at a random place.",
        Field(
            required: "padding", in: FieldRange(low: 1, high: widest), unit: "pixels", "Pixels of border on each side."),
        Field("border", default: PictureBorder.constant, "What the border shows: one value, the edge, or a mirror."),
        Field("fill", default: 0.0, in: .fraction, "The border's value where it is constant: 0 black, 1 white.")
    ) { padding, border, fill in try RandomCrop(padding: padding, border: border, fill: fill).validated() }
}

extension PictureBatch {
    /// Shows each picture through a window that is moved down and to the right of it.
    mutating func shift(_ places: [(down: Int, right: Int)], border: PictureBorder, fill: Float) {
        let (channels, height, width, plane) = (channels, height, width, planeSize)
        replaceEach { picture, source, target in
            let place = places[picture]
            let rows = border.sources(of: height, movedBy: place.down)
            let columns = border.sources(of: width, movedBy: place.right)
            for channel in 0..<channels {
                for row in 0..<height {
                    let into = channel * plane + row * width
                    guard rows[row] >= 0 else {
                        for column in 0..<width { target[into + column] = fill }
                        continue
                    }
                    let from = channel * plane + rows[row] * width
                    for column in 0..<width {
                        let place = columns[column]
                        target[into + column] = place < 0 ? fill : source[from + place]
                    }
                }
            }
        }
    }
}

extension PictureBorder {
    /// Which of `size` pixels each of a moved window's pixels shows; -1 for the fill.
    fileprivate func sources(of size: Int, movedBy offset: Int) -> [Int] {
        (0..<size).map { index in
            let place = index + offset
            guard place < 0 || place >= size else { return place }
            return switch self {
            case .constant: -1
            case .edge: place < 0 ? 0 : size - 1
            case .reflect: place < 0 ? -place : 2 * (size - 1) - place
            }
        }
    }
}
