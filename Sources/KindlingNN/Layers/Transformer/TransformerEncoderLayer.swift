// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A layer of a transformer that attends to the sequence itself (Vaswani and others 2017).
///
/// Post-norm: x' = norm(x + attention(x)), y = norm(x' + feedForward(x')). Pre-norm: x' = x + attention(norm(x)),
/// y = x' + feedForward(norm(x')). With `causal` it is a layer of a decoder-only model such as GPT. Shapes:
/// `[N, T, E]` → the same. PyTorch's `TransformerEncoderLayer` with `batch_first`.
///
///     TransformerEncoderLayer(.init(512, heads: 8))
public final class TransformerEncoderLayer: Layer {
    /// Attention to the sequence itself.
    public let attention: MultiHeadAttention
    /// The normalization of attention's part.
    public let attentionNorm: any Layer
    /// The feed-forward part.
    public let feedForward: FeedForward
    /// The normalization of the feed-forward part.
    public let feedForwardNorm: any Layer
    private let dropout: Dropout
    private let normFirst: Bool
    private let mistake: LayerError?

    /// A layer with options.
    public init(_ options: TransformerOptions) {
        mistake = .found { () throws(LayerError) in try options.check() }
        let options = options.orStandIn(mistake)
        attention = options.makeAttention(causal: options.causal)
        attentionNorm = options.makeNorm()
        feedForward = options.makeFeedForward()
        feedForwardNorm = options.makeNorm()
        dropout = Dropout(rate: options.dropout)
        normFirst = options.normFirst
    }

    /// The layer's result without masks.
    public func forward(_ input: Tensor) -> Tensor { pass(input, mask: nil, keyPaddingMask: nil) }

    /// The layer's result.
    /// - Parameters:
    ///   - input: `[N, T, E]`.
    ///   - mask: As in ``MultiHeadAttention/callAsFunction(_:keys:values:mask:keyPaddingMask:causal:)``.
    ///   - keyPaddingMask: bool `[N, T]`: which places are padding.
    public func callAsFunction(_ input: Tensor, mask: Tensor?, keyPaddingMask: Tensor? = nil) -> Tensor {
        ForwardContext.inside(self) { pass(input, mask: mask, keyPaddingMask: keyPaddingMask) }
    }

    private func pass(_ input: Tensor, mask: Tensor?, keyPaddingMask: Tensor?) -> Tensor {
        if let mistake { return input.refused(mistake, by: "TransformerEncoderLayer") }
        let attended = residual(input, attentionNorm, normFirst: normFirst) {
            dropout(attention($0, mask: mask, keyPaddingMask: keyPaddingMask))
        }
        return residual(attended, feedForwardNorm, normFirst: normFirst) { dropout(feedForward($0)) }
    }

    static let component = Component<any Layer>(
        "TransformerEncoderLayer", "A layer of a transformer that attends to the sequence [N, T, width] itself.",
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
        Field<Double?>("rotaryBase", default: nil, in: .positive, "Base of rotary positions; null for none.")
    ) { width, heads, hidden, keys, dropout, activation, normFirst, norm, epsilon, bias, causal, rotaryBase in
        let options = TransformerOptions(
            width, heads: heads, hidden: hidden, keyValueHeads: keys, dropout: dropout, activation: activation,
            normFirst: normFirst, norm: norm, epsilon: epsilon, bias: bias, causal: causal, rotaryBase: rotaryBase)
        try options.check()
        return TransformerEncoderLayer(options)
    }
}

/// A part of a layer beside which its input passes, normalized before the part or after the sum.
func residual(_ input: Tensor, _ norm: any Layer, normFirst: Bool, _ part: (Tensor) -> Tensor) -> Tensor {
    normFirst ? input + part(norm(input)) : norm(input + part(input))
}
