// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A decoder-only transformer that says for each place of a sequence what comes next (Radford and others 2019, GPT-2).
///
/// Embeddings of tokens and places, ``GPTBlock``s, a last layer normalization and a linear map to logits, which shares
/// its weight with the tokens' embedding unless told otherwise. Shapes: whole numbers `[N, T]`, T at most the block
/// size, → logits `[N, T, V]`. Weights begin by Gauss' bell curve with deviation 0.02, those of the maps that end a
/// block's two parts with 0.02 / √(2 · layers), biases as zeros.
///
///     let gpt = GPT(vocabularySize: 65, blockSize: 64, layers: 4, heads: 4, width: 128)     // nanoGPT's CPU setting
///     let loss = CrossEntropy(classAxis: -1)(gpt(tokens), nextTokens)
///     try gpt.generate([0], count: 200, temperature: 0.8, topK: 40)
///
/// GPT-2 small is `GPT(vocabularySize: 50_257, blockSize: 1024, layers: 12, heads: 12, width: 768)`: 124,439,808
/// parameters.
public final class GPT: LanguageModel {
    /// The vectors of the tokens: `[V, E]`.
    public let tokens: Embedding
    /// The vectors of the places: `[block size, E]`.
    public let positions: LearnedPositions
    /// The blocks, in order.
    public let blocks: [GPTBlock]
    /// The last normalization.
    public let norm: LayerNorm
    /// The map to logits, when it has a weight of its own: `[V, E]`.
    public let head: Linear?
    /// How many tokens there are, V.
    public let vocabularySize: Int
    /// The longest sequence.
    public let blockSize: Int
    private let dropout: Dropout
    private let mistake: LayerError?

    /// A model of such sizes.
    /// - Parameters:
    ///   - vocabularySize: V, at least 1.
    ///   - blockSize: The longest sequence, at least 1.
    ///   - layers: How many blocks, at least 1.
    ///   - heads: The heads of attention.
    ///   - width: E, a multiple of the heads.
    ///   - dropout: The share that is zeroed in training: of the first embeddings, of attention weights, and of what
    ///     each part of a block adds.
    ///   - bias: Whether linear maps and normalizations add something, as GPT-2's do.
    ///   - tiedHead: Whether the tokens' vectors are the last map's weight too.
    ///   - activation: The nonlinearity of the feed-forward parts: GPT-2's unless said otherwise; nanoGPT has `.gelu`.
    public init(
        vocabularySize: Int, blockSize: Int, layers: Int = 12, heads: Int = 12, width: Int = 768, dropout: Double = 0,
        bias: Bool = true, tiedHead: Bool = true, activation: FeedForwardActivation = .geluTanh
    ) {
        mistake = .found { () throws(LayerError) in
            try GPT.check(vocabularySize, blockSize, layers, heads, width, dropout)
        }
        let isSound = mistake == nil
        let (vocabulary, block, width) = isSound ? (vocabularySize, blockSize, width) : (1, 1, 1)
        tokens = Embedding(vocabulary, width)
        positions = LearnedPositions(block, width)
        blocks = (0..<(isSound ? layers : 0)).map { _ in
            GPTBlock(width, heads: heads, dropout: dropout, bias: bias, activation: activation)
        }
        norm = LayerNorm(width, bias: bias)
        head = tiedHead ? nil : Linear(width, vocabulary, bias: false)
        self.vocabularySize = vocabularySize
        self.blockSize = blockSize
        self.dropout = Dropout(rate: dropout)
        let initializer = Initializer.normal(standardDeviation: 0.02)
        for parameter in [tokens.weight, positions.weight, head?.weight] { parameter?.redraw(initializer) }
        for block in blocks { block.redraw(layers: layers) }
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ vocabularySize: Int, _ blockSize: Int, _ layers: Int, _ heads: Int, _ width: Int, _ dropout: Double
    ) throws(LayerError) {
        try checkSize("vocabularySize", vocabularySize)
        try checkSize("blockSize", blockSize)
        try checkLayers(layers)
        try GPTBlock.check(width, heads, dropout)
    }

    /// The logits `[N, T, V]` of what follows each place.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "GPT") }
        guard input.rank == 2, input.shape[1] <= blockSize else {
            let error = TensorError(
                .shapeMismatch, operation: "GPT", "an input of shape \(input.shape) does not fit",
                remedy: "give tokens [N, T] with T at most \(blockSize), or make the model with a larger block size")
            return .failed(error, input.spec)
        }
        var x = dropout(positions(tokens(input)))
        for block in blocks { x = block(x) }
        x = norm(x)
        return head?(x) ?? x.linear(weight: tokens.weight.value, bias: nil)
    }

    static let component = Component<any Layer>(
        "GPT", "A decoder-only transformer over token numbers [N, T] that gives logits [N, T, vocabulary].",
        Field<Int>(required: "vocabularySize", in: .atLeast(1), "How many tokens there are."),
        Field("blockSize", default: 1024, in: .atLeast(1), "The longest sequence."),
        Field("layers", default: 12, in: .atLeast(1), "How many blocks."),
        Field("heads", default: 12, in: .atLeast(1), "The heads of attention."),
        Field("width", default: 768, in: .atLeast(1), "Features of each place, a multiple of the heads."),
        Field("dropout", default: 0.0, in: .fraction, "Share that is zeroed in training."),
        Field("bias", default: true, "Whether linear maps and normalizations add something."),
        Field("tiedHead", default: true, "Whether the last map shares its weight with the tokens' vectors."),
        Field("activation", default: FeedForwardActivation.geluTanh, "The nonlinearity of the feed-forward parts.")
    ) { vocabularySize, blockSize, layers, heads, width, dropout, bias, tiedHead, activation in
        try check(vocabularySize, blockSize, layers, heads, width, dropout)
        return GPT(
            vocabularySize: vocabularySize, blockSize: blockSize, layers: layers, heads: heads, width: width,
            dropout: dropout, bias: bias, tiedHead: tiedHead, activation: activation)
    }
}
