// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingDeclarations
public import KindlingEngine

/// Covers a random rectangle of some pictures with one shade (Zhong and others 2017).
///
/// The rectangle's share of the picture is uniform over `scale`, its height to width log-uniform over `ratio`, as in
/// torchvision's `RandomErasing`; a rectangle that does not fit is drawn again, up to ten times, and then left out.
///
///     RandomErasing(probability: 0.25)
///     augmentation: [{type: RandomErasing, probability: 0.25}]
public struct RandomErasing: Transform {
    /// The share of pictures in which something is covered.
    public let probability: Double
    /// The smallest and the largest share of a picture that is covered.
    public let scale: [Double]
    /// The smallest and the largest height to width.
    public let ratio: [Double]
    /// The shade: 0 is black, 1 is white.
    public let fill: Double

    /// Describes an erasing.
    public init(
        probability: Double = 0.5, scale: [Double] = [0.02, 0.33], ratio: [Double] = [0.3, 3.3], fill: Double = 0
    ) {
        self.probability = probability
        self.scale = scale
        self.ratio = ratio
        self.fill = fill
    }

    private static let ratios = FieldRange(low: 1e-3, high: 1e3)

    /// Refuses what is no probability, no shade, or no interval.
    public func validate() throws(DataError) {
        try checkTransform("probability", probability, .fraction)
        try checkTransform("fill", fill, .fraction)
        try checkInterval("scale", scale, .fraction)
        try checkInterval("ratio", ratio, RandomErasing.ratios)
    }

    private func checkInterval(_ name: String, _ bounds: [Double], _ range: FieldRange) throws(DataError) {
        for bound in bounds { try checkTransform(name, bound, range) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            throw DataError(
                .invalidValue, "\(name) is \(bounds), but must be two numbers, the smaller one first",
                remedy: "write [smallest, largest]")
        }
    }

    /// Covers a part of some of the pictures.
    public func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError) {
        try validate()
        let (height, width) = (pictures.height, pictures.width)
        let rectangles = streams.indices.map { rectangle(&streams[$0], height: height, width: width) }
        let (channels, plane, shade) = (pictures.channels, pictures.planeSize, Float(fill) * pictures.white)
        pictures.changeEach { picture, pixels in
            guard let rectangle = rectangles[picture] else { return }
            for channel in 0..<channels {
                for row in rectangle.rows {
                    let first = channel * plane + row * width
                    for column in rectangle.columns { pixels[first + column] = shade }
                }
            }
        }
    }

    private func rectangle(
        _ stream: inout RandomStream, height: Int, width: Int
    ) -> (rows: Range<Int>, columns: Range<Int>)? {
        guard stream.uniform() < probability else { return nil }
        for _ in 0..<10 {
            let area = Double(height * width) * (scale[0] + (scale[1] - scale[0]) * stream.uniform())
            let ratio = exp(log(ratio[0]) + (log(ratio[1]) - log(ratio[0])) * stream.uniform())
            let rows = Int((area * ratio).squareRoot().rounded()), columns = Int((area / ratio).squareRoot().rounded())
            guard rows < height, columns < width else { continue }
            let top = stream.whole(below: height - rows + 1), left = stream.whole(below: width - columns + 1)
            return (top..<top + rows, left..<left + columns)
        }
        return nil
    }

    /// `RandomErasing` in recipes.
    public static let component = Component<any Transform>(
        "RandomErasing", "Covers a random rectangle of some pictures with one shade (Zhong and others 2017).",
        Field("probability", default: 0.5, in: .fraction, "Share of pictures in which something is covered."),
        Field("scale", default: [0.02, 0.33], in: .fraction, "Smallest and largest share of a picture covered."),
        Field("ratio", default: [0.3, 3.3], in: ratios, "Smallest and largest height to width."),
        Field("fill", default: 0.0, in: .fraction, "The shade: 0 black, 1 white.")
    ) { probability, scale, ratio, fill in
        try RandomErasing(probability: probability, scale: scale, ratio: ratio, fill: fill).validated()
    }
}
