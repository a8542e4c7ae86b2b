// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// A layer of a transformer that attends to the sequence itself and then to another one, the memory (Vaswani and others
/// 2017).
///
/// As ``TransformerEncoderLayer``, with attention to the memory between its two parts. Shapes: `[N, T, E]` and memory
/// `[N, S, E]` → `[N, T, E]`. PyTorch's `TransformerDecoderLayer` with `batch_first`; attention to the sequence itself
/// is causal when the options say so.
///
///     let layer = TransformerDecoderLayer(.init(512, heads: 8, causal: true))
///     layer(x, memory: encoded)
public final class TransformerDecoderLayer: Module {
    /// Attention to the sequence itself.
    public let attention: MultiHeadAttention
    /// The normalization of attention's part.
    public let attentionNorm: any Layer
    /// Attention to the memory.
    public let crossAttention: MultiHeadAttention
    /// The normalization of the memory's part.
    public let crossAttentionNorm: any Layer
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
        crossAttention = options.makeAttention(causal: false, rotary: false)
        crossAttentionNorm = options.makeNorm()
        feedForward = options.makeFeedForward()
        feedForwardNorm = options.makeNorm()
        dropout = Dropout(rate: options.dropout)
        normFirst = options.normFirst
    }

    /// The layer's result.
    /// - Parameters:
    ///   - input: `[N, T, E]`.
    ///   - memory: `[N, S, E]`.
    ///   - mask: Of attention to the sequence itself, as in
    ///     ``MultiHeadAttention/callAsFunction(_:keys:values:mask:keyPaddingMask:causal:)``.
    ///   - memoryMask: Of attention to the memory: `[T, S]`, `[N, T, S]` or `[N, H, T, S]`.
    ///   - keyPaddingMask: bool `[N, T]`: which places are padding.
    ///   - memoryKeyPaddingMask: bool `[N, S]`: which of the memory's places are padding.
    public func callAsFunction(
        _ input: Tensor, memory: Tensor, mask: Tensor? = nil, memoryMask: Tensor? = nil,
        keyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        ForwardContext.inside(self) {
            if let mistake { return input.refused(mistake, by: "TransformerDecoderLayer") }
            let attended = residual(input, attentionNorm, normFirst: normFirst) {
                dropout(attention($0, mask: mask, keyPaddingMask: keyPaddingMask))
            }
            let informed = residual(attended, crossAttentionNorm, normFirst: normFirst) {
                dropout(crossAttention($0, keys: memory, mask: memoryMask, keyPaddingMask: memoryKeyPaddingMask))
            }
            return residual(informed, feedForwardNorm, normFirst: normFirst) { dropout(feedForward($0)) }
        }
    }
}
