// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Layers of a transformer that attend to the sequence itself, one after the other.
///
/// Shapes: `[N, T, E]` → the same. With `causal` it is the body of a decoder-only model such as GPT. PyTorch's
/// `TransformerEncoder`, whose last normalization is an argument too.
///
///     TransformerEncoder(layers: 6, .init(512, heads: 8))
///     TransformerEncoder(layers: 12, .init(768, heads: 12, hidden: 3072, normFirst: true), finalNorm: true)
public final class TransformerEncoder: Layer {
    /// The layers, in order.
    public let layers: [TransformerEncoderLayer]
    /// What normalizes the last layer's result, or nil.
    public let norm: (any Layer)?
    private let mistake: LayerError?

    /// Layers with the same options.
    /// - Parameters:
    ///   - count: How many, at least 1.
    ///   - options: What each is like.
    ///   - finalNorm: Whether the last result is normalized: what pre-norm layers want.
    public init(layers count: Int, _ options: TransformerOptions, finalNorm: Bool = false) {
        mistake = .found { () throws(LayerError) in
            try checkLayers(count)
            try options.check()
        }
        let options = options.orStandIn(mistake)
        layers = (0..<(mistake == nil ? count : 0)).map { _ in TransformerEncoderLayer(options) }
        norm = finalNorm ? options.makeNorm() : nil
    }

    /// The last layer's result without masks.
    public func forward(_ input: Tensor) -> Tensor { pass(input, mask: nil, keyPaddingMask: nil) }

    /// The last layer's result.
    /// - Parameters:
    ///   - input: `[N, T, E]`.
    ///   - mask: As in ``MultiHeadAttention/callAsFunction(_:keys:values:mask:keyPaddingMask:causal:)``.
    ///   - keyPaddingMask: bool `[N, T]`: which places are padding.
    public func callAsFunction(_ input: Tensor, mask: Tensor?, keyPaddingMask: Tensor? = nil) -> Tensor {
        ForwardContext.inside(self) { pass(input, mask: mask, keyPaddingMask: keyPaddingMask) }
    }

    private func pass(_ input: Tensor, mask: Tensor?, keyPaddingMask: Tensor?) -> Tensor {
        if let mistake { return input.refused(mistake, by: "TransformerEncoder") }
        let result = layers.reduce(input) { $1($0, mask: mask, keyPaddingMask: keyPaddingMask) }
        return norm?(result) ?? result
    }

    static let component = Component<any Layer>(
        "TransformerEncoder", "Layers of a transformer that attend to the sequence [N, T, width] itself.",
        Field<Int>(required: "layers", in: .atLeast(1), "How many layers."),
        Field<Int>(required: "width", in: .atLeast(1), "The input's last size, a multiple of the heads."),
        Field<Int>(required: "heads", in: .atLeast(1), "The heads of attention."),
        Field("hidden", default: 2048, in: .atLeast(1), "The width inside the feed-forward part."),
        Field<Int?>("keyValueHeads", default: nil, in: .atLeast(1), "Heads of keys and values; as many when null."),
        Field("dropout", default: 0.1, in: .fraction, "Share that is zeroed in training."),
        Field("activation", default: FeedForwardActivation.relu, "The nonlinearity of the feed-forward part."),
        Field("normFirst", default: false, "Whether each part's input is normalized; else its output and input."),
        Field("norm", default: TransformerOptions.Norm.layer, "What normalizes."),
        Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
        Field("bias", default: true, "Whether linear maps and layer normalizations add something."),
        Field("causal", default: false, "Whether each place attends to itself and those before alone."),
        Field<Double?>("rotaryBase", default: nil, in: .positive, "Base of rotary positions; null for none."),
        Field("finalNorm", default: false, "Whether the last result is normalized.")
    ) {
        layers, width, heads, hidden, keys, dropout, activation, normFirst, norm, epsilon, bias, causal, rotaryBase,
        finalNorm in
        let options = TransformerOptions(
            width, heads: heads, hidden: hidden, keyValueHeads: keys, dropout: dropout, activation: activation,
            normFirst: normFirst, norm: norm, epsilon: epsilon, bias: bias, causal: causal, rotaryBase: rotaryBase)
        try checkLayers(layers)
        try options.check()
        return TransformerEncoder(layers: layers, options, finalNorm: finalNorm)
    }
}

/// Refuses a number of layers that nobody can have meant.
func checkLayers(_ count: Int) throws(LayerError) {
    guard (1...10_000).contains(count) else { throw LayerError("layers", count, must: "be in 1 ... 10000") }
}
