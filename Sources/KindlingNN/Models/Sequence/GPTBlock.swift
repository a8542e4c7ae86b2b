// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// One block of a ``GPT``: causal attention, then a feed-forward part, each normalized before and added to its input.
///
/// x' = x + dropout(attention(norm(x))), y = x' + dropout(feedForward(norm(x'))). Shapes: `[N, T, E]` → the same. It
/// differs from a ``TransformerEncoderLayer`` in that nothing is zeroed inside the feed-forward part.
public final class GPTBlock: Layer {
    /// The normalization before attention.
    public let attentionNorm: LayerNorm
    /// Attention of each place to itself and those before.
    public let attention: MultiHeadAttention
    /// The normalization before the feed-forward part.
    public let feedForwardNorm: LayerNorm
    /// The feed-forward part, four times as wide inside.
    public let feedForward: FeedForward
    private let dropout: Dropout
    private let mistake: LayerError?

    /// A block of such a width.
    /// - Parameters:
    ///   - width: E, a multiple of the heads.
    ///   - heads: The heads of attention.
    ///   - dropout: The share that is zeroed in training: of attention weights, and of what each part adds.
    ///   - bias: Whether linear maps and normalizations add something.
    ///   - activation: The nonlinearity of the feed-forward part.
    public init(
        _ width: Int, heads: Int, dropout: Double = 0, bias: Bool = true,
        activation: FeedForwardActivation = .geluTanh
    ) {
        mistake = .found { () throws(LayerError) in try GPTBlock.check(width, heads, dropout) }
        let (width, heads) = mistake == nil ? (width, heads) : (1, 1)
        attentionNorm = LayerNorm(width, bias: bias)
        attention = MultiHeadAttention(width, heads: heads, dropout: dropout, bias: bias, causal: true)
        feedForwardNorm = LayerNorm(width, bias: bias)
        feedForward = FeedForward(width, activation: activation, bias: bias)
        self.dropout = Dropout(rate: dropout)
    }

    /// Refuses arguments that cannot be.
    static func check(_ width: Int, _ heads: Int, _ dropout: Double) throws(LayerError) {
        try MultiHeadAttention.check(width, heads, nil, dropout, nil)
        try FeedForward.check(width: width, hidden: nil, dropout: 0)
    }

    /// Lets the maps begin as GPT-2's: small, and smaller where their results add up over the layers.
    func redraw(layers: Int) {
        let inner = [attention.query, attention.key, attention.value, feedForward.input, feedForward.gate]
        for map in inner { map?.redraw(deviation: 0.02) }
        for map in [attention.output, feedForward.output] {
            map.redraw(deviation: 0.02 / Double(2 * layers).squareRoot())
        }
    }

    /// The block's result.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "GPTBlock") }
        let attended = input + dropout(attention(attentionNorm(input)))
        return attended + dropout(feedForward(feedForwardNorm(attended)))
    }
}

extension Linear {
    fileprivate func redraw(deviation: Double) {
        weight.redraw(.normal(standardDeviation: deviation))
        bias?.redraw(.zeros)
    }
}
