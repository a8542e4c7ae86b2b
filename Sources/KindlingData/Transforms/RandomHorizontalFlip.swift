// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// Exchanges left and right of some pictures, as torchvision's `RandomHorizontalFlip` does.
///
///     RandomHorizontalFlip()
///     augmentation: [RandomHorizontalFlip]
public struct RandomHorizontalFlip: Transform {
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
        pictures.flip(chosen, .horizontal)
    }

    /// `RandomHorizontalFlip` in recipes.
    public static let component = Component<any Transform>(
        "RandomHorizontalFlip", "Exchanges left and right of some pictures.",
        Field("probability", default: 0.5, in: .fraction, "Share of pictures that is flipped.")
    ) { probability in try RandomHorizontalFlip(probability: probability).validated() }
}
