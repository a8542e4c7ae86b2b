// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// Exchanges top and bottom of some pictures, as torchvision's `RandomVerticalFlip` does.
///
///     RandomVerticalFlip()
///     augmentation: [RandomVerticalFlip]
public struct RandomVerticalFlip: Transform {
    /// The share of pictures that is exchanged; one half by default.
    public let probability: Double

    /// Describes a flip.
    public init(probability: Double = 0.5) { self.probability = probability }

    /// Refuses what is no probability.
    public func validate() throws(DataError) { try checkTransform("probability", probability, .fraction) }

    /// Flips some of the pictures.
    public func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError) {
        try validate()
        let chosen = streams.indices.map { streams[$0].uniform() < probability }
        pictures.flip(chosen, .vertical)
    }

    /// `RandomVerticalFlip` in recipes.
    public static let component = Component<any Transform>(
        "RandomVerticalFlip", "Exchanges top and bottom of some pictures.",
        Field("probability", default: 0.5, in: .fraction, "Share of pictures that is flipped.")
    ) { probability in try RandomVerticalFlip(probability: probability).validated() }
}
