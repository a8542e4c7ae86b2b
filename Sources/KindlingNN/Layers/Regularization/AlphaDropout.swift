// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Sets a random share of the features to SELU's lower bound while training, and keeps mean and variance (Klambauer and
/// others 2017).
///
/// y = a · x' + b, where x' is −α' for a share of `rate` and x else, α' = 1.7580993…, a = 1 / √((1 − rate)(1 + rate α'²))
/// and b = a · rate · α'. For inputs of mean 0 and variance 1, such as SELU's outputs. Does nothing in evaluation.
/// Output: the input's shape.
///
///     AlphaDropout(rate: 0.1)
public final class AlphaDropout: Layer {
    private let rate: Double
    private let mistake: LayerError?

    /// A layer that drops a share.
    /// - Parameter rate: The share, in 0 ... 1.
    public init(rate: Double = 0.5) {
        self.rate = rate
        mistake = .found { () throws(LayerError) in try checkRate("rate", rate) }
    }

    /// The input with some features set to the bound.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "AlphaDropout") }
        guard rate > 0, ForwardContext.phase == .training else { return input }
        guard rate < 1 else { return input * 0 }
        let scale = 1 / ((1 - rate) * (1 + rate * bound * bound)).squareRoot()
        return ForwardContext.withRandom { stream in
            let kept = Tensor.bernoulli(
                input.shape, probability: 1 - rate, from: &stream, dtype: .float32, on: input.device)
            let dropped = Tensor(scale * bound * (rate - 1), dtype: input.dtype, on: input.device)
            return (input * scale + scale * bound * rate).selected(where: kept, else: dropped)
        }
    }

    static let component = Component<any Layer>(
        "AlphaDropout", "Sets a random share of the features to SELU's lower bound while training.",
        Field("rate", default: 0.5, in: .fraction, "Share that is dropped.")
    ) { rate in AlphaDropout(rate: rate) }
}

/// −(the least value of SELU): its scale times its α.
private let bound = 1.7580993408473766
