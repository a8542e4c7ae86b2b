import Kindling

/// The largest of several linear maps (Goodfellow and others 2013, "Maxout networks"): `[…, I]` → `[…, O]`.
///
/// y = maxₖ (Wₖ x + bₖ).
public final class Maxout: Layer {
    private let maps: Linear
    private let outFeatures: Int
    private let pieces: Int

    /// A layer of `pieces` maps.
    public init(_ inFeatures: Int, _ outFeatures: Int, pieces: Int = 2) {
        maps = Linear(inFeatures, outFeatures * pieces)
        self.outFeatures = outFeatures
        self.pieces = pieces
    }

    /// The largest map of each feature.
    public func forward(_ input: Tensor) -> Tensor {
        let all = maps(input)
        let pieced = Shape(all.shape.dimensions.dropLast() + [outFeatures, pieces])
        return all.reshaped(to: pieced).max(over: -1)
    }

    /// `Maxout` in recipes.
    public static let component = Component<any Layer>(
        "Maxout", "The largest of several linear maps.",
        Field<Int>(required: "inFeatures", in: .atLeast(1), "Features that go in."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "Features that come out."),
        Field("pieces", default: 2, in: .atLeast(1), "Maps of each feature.")
    ) { inFeatures, outFeatures, pieces in Maxout(inFeatures, outFeatures, pieces: pieces) }
}
