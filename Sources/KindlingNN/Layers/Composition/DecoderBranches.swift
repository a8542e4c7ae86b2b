// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Gives one input to two branches, a sequence and a memory, and lets a decoder attend from one to the other.
///
/// y = decoder(f(x), memory: g(x)). Input: any shape that both branches take; they give `[N, T, E]` and `[N, S, E]`.
/// Output: `[N, T, E]`. Sequences and memories of two sources are given to a ``TransformerDecoder``.
///
///     let decoder = TransformerDecoder(layers: 2, .init(64, heads: 4))
///     DecoderBranches(decoder, target: [LearnedPositions(16)], memory: [encoder])
///
/// Members are named `target.0.weight`, `memory.0.weight` and `decoder.layers.0.…`; an empty branch hands the input on.
public final class DecoderBranches: Layer {
    /// f.
    public let target: Sequential
    /// g.
    public let memory: Sequential
    /// What attends.
    public let decoder: TransformerDecoder

    /// Two branches, each of some layers in order.
    public init(_ decoder: TransformerDecoder, target: [any Layer] = [], memory: [any Layer] = []) {
        self.target = Sequential(target)
        self.memory = Sequential(memory)
        self.decoder = decoder
    }

    /// decoder(f(x), memory: g(x)).
    public func forward(_ input: Tensor) -> Tensor { decoder(target(input), memory: memory(input)) }

    static let component = Component<any Layer>(
        "DecoderBranches", "Layers of a transformer that attend to a sequence and to a memory made of the same input.",
        Field<Int>(required: "layers", in: .atLeast(1), "How many layers."),
        Field<Int>(required: "width", in: .atLeast(1), "The last size of both branches, a multiple of the heads."),
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
        Field("finalNorm", default: false, "Whether the last result is normalized."),
        Field(list: "target", of: LayerKind.kind, "What makes the sequence; the input itself when empty."),
        Field(list: "memory", of: LayerKind.kind, "What makes the memory; the input itself when empty.")
    ) {
        layers, width, heads, hidden, keys, dropout, activation, normFirst, norm, epsilon, bias, causal, rotaryBase,
        finalNorm, target, memory in
        let options = TransformerOptions(
            width, heads: heads, hidden: hidden, keyValueHeads: keys, dropout: dropout, activation: activation,
            normFirst: normFirst, norm: norm, epsilon: epsilon, bias: bias, causal: causal, rotaryBase: rotaryBase)
        try checkLayers(layers)
        try options.check()
        return DecoderBranches(
            TransformerDecoder(layers: layers, options, finalNorm: finalNorm), target: target, memory: memory)
    }
}
