// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// Layers of a transformer that attend to the sequence itself and to another one, the memory, one after the other.
///
/// Shapes: `[N, T, E]` and memory `[N, S, E]` → `[N, T, E]`. PyTorch's `TransformerDecoder`.
///
///     let encoder = TransformerEncoder(layers: 6, .init(512, heads: 8), finalNorm: true)
///     let decoder = TransformerDecoder(layers: 6, .init(512, heads: 8, causal: true), finalNorm: true)
///     decoder(targets, memory: encoder(sources))
///
/// It takes two inputs, so it is no ``Layer``; ``DecoderBranches`` makes both of one, for recipes too.
public final class TransformerDecoder: Module {
    /// The layers, in order.
    public let layers: [TransformerDecoderLayer]
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
        layers = (0..<(mistake == nil ? count : 0)).map { _ in TransformerDecoderLayer(options) }
        norm = finalNorm ? options.makeNorm() : nil
    }

    /// The last layer's result; arguments as in
    /// ``TransformerDecoderLayer/callAsFunction(_:memory:mask:memoryMask:keyPaddingMask:memoryKeyPaddingMask:)``.
    public func callAsFunction(
        _ input: Tensor, memory: Tensor, mask: Tensor? = nil, memoryMask: Tensor? = nil,
        keyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        ForwardContext.inside(self) {
            if let mistake { return input.refused(mistake, by: "TransformerDecoder") }
            let result = layers.reduce(input) {
                $1(
                    $0, memory: memory, mask: mask, memoryMask: memoryMask, keyPaddingMask: keyPaddingMask,
                    memoryKeyPaddingMask: memoryKeyPaddingMask)
            }
            return norm?(result) ?? result
        }
    }
}
