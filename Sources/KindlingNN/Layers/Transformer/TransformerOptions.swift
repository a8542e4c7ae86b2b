// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations

/// How the layers of a transformer are made; defaults are those of PyTorch's layers.
///
///     TransformerEncoder(layers: 12, TransformerOptions(768, heads: 12, hidden: 3072, activation: .gelu, normFirst: true))
public struct TransformerOptions: Sendable, Hashable {
    /// What scales vectors between the parts of a layer.
    public enum Norm: String, Sendable, Hashable, FieldChoice {
        /// ``LayerNorm``.
        case layer
        /// ``RMSNorm``, as in Llama.
        case rms
    }

    /// The last size of inputs and outputs, a multiple of the heads.
    public var width: Int
    /// The heads of attention.
    public var heads: Int
    /// The width inside the feed-forward part.
    public var hidden: Int
    /// Heads of keys and values; as many as heads when nil.
    public var keyValueHeads: Int?
    /// The share that is zeroed in training: of attention weights, inside and after the feed-forward part, and after
    /// attention.
    public var dropout: Double
    /// The nonlinearity of the feed-forward part.
    public var activation: FeedForwardActivation
    /// Whether each part's input is normalized (pre-norm); else the sum of its input and output is (post-norm).
    public var normFirst: Bool
    /// What normalizes.
    public var norm: Norm
    /// Added to the variance, above 0.
    public var epsilon: Double
    /// Whether linear maps and layer normalizations add something.
    public var bias: Bool
    /// Whether each place attends to itself and those before alone.
    public var causal: Bool
    /// By which the frequencies of rotary positions fall; nil for none.
    public var rotaryBase: Double?

    /// Options of such a width and so many heads.
    public init(
        _ width: Int, heads: Int, hidden: Int = 2048, keyValueHeads: Int? = nil, dropout: Double = 0.1,
        activation: FeedForwardActivation = .relu, normFirst: Bool = false, norm: Norm = .layer,
        epsilon: Double = 1e-5, bias: Bool = true, causal: Bool = false, rotaryBase: Double? = nil
    ) {
        self.width = width
        self.heads = heads
        self.hidden = hidden
        self.keyValueHeads = keyValueHeads
        self.dropout = dropout
        self.activation = activation
        self.normFirst = normFirst
        self.norm = norm
        self.epsilon = epsilon
        self.bias = bias
        self.causal = causal
        self.rotaryBase = rotaryBase
    }

    /// Refuses options that cannot be.
    func check() throws(LayerError) {
        try MultiHeadAttention.check(width, heads, keyValueHeads, dropout, rotaryBase)
        try FeedForward.check(width: width, hidden: hidden, dropout: dropout)
        try checkEpsilon(epsilon)
    }

    /// The options themselves, or small ones that stand in for those that cannot be.
    func orStandIn(_ mistake: LayerError?) -> TransformerOptions {
        mistake == nil ? self : TransformerOptions(1, heads: 1, hidden: 1, norm: norm)
    }

    func makeAttention(causal: Bool, rotary: Bool = true) -> MultiHeadAttention {
        MultiHeadAttention(
            width, heads: heads, keyValueHeads: keyValueHeads, dropout: dropout, bias: bias, causal: causal,
            rotaryBase: rotary ? rotaryBase : nil)
    }

    func makeFeedForward() -> FeedForward {
        FeedForward(width, hidden: hidden, activation: activation, dropout: dropout, bias: bias)
    }

    func makeNorm() -> any Layer {
        switch norm {
        case .layer: LayerNorm(width, epsilon: epsilon, bias: bias)
        case .rms: RMSNorm(width, epsilon: epsilon)
        }
    }
}
