// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Attention with several heads, to the sequence itself or to another one (Vaswani and others 2017).
///
/// softmax(q · kᵀ / √D + mask) · v in each head, with D = width / heads; q, k and v are learned linear maps of the
/// queries, keys and values, and the heads side by side go through a last one. Shapes: queries `[N, T, E]`, keys and
/// values `[N, S, E]` → `[N, T, E]`. With fewer key and value heads than heads, neighbouring heads share one
/// (grouped-query attention, Ainslie and others 2023; with 1, multi-query attention).
///
///     let attention = MultiHeadAttention(512, heads: 8, causal: true)
///     attention(x)                                            // to itself: [N, T, 512]
///     attention(x, keys: memory, keyPaddingMask: isPadding)   // to another sequence
///
/// The first three weights begin evenly in ±√(6 / (2 E + 2 G · D)), for G key heads, the last in ±1/√E, biases as zeros.
/// That is PyTorch's `MultiheadAttention`, which keeps the three maps in one matrix: ``assign(inProjection:bias:)`` takes
/// it.
public final class MultiHeadAttention: Layer {
    /// The map of the queries: weight `[E, E]`.
    public let query: Linear
    /// The map of the keys: weight `[G · D, E]` for G key heads.
    public let key: Linear
    /// The map of the values: weight `[G · D, E]`.
    public let value: Linear
    /// The map of the heads side by side: weight `[E, E]`.
    public let output: Linear
    private let options: Options
    private let rotary: RotaryPositions?
    private let mistake: LayerError?

    private struct Options {
        var width, heads, keyValueHeads: Int
        var dropout: Double
        var causal: Bool
    }

    /// An attention of such a width.
    /// - Parameters:
    ///   - width: E, a multiple of the heads.
    ///   - heads: How many heads, at least 1.
    ///   - keyValueHeads: Heads of keys and values, a divisor of the heads; as many when nil.
    ///   - dropout: The share of attention weights that is zeroed in training, 0 ... 1.
    ///   - bias: Whether the four maps add something.
    ///   - causal: Whether each place attends to itself and those before alone.
    ///   - rotaryBase: By which the frequencies of rotary positions fall; nil for none. See ``RotaryPositions``.
    public init(
        _ width: Int, heads: Int, keyValueHeads: Int? = nil, dropout: Double = 0, bias: Bool = true,
        causal: Bool = false, rotaryBase: Double? = nil
    ) {
        mistake = .found { () throws(LayerError) in
            try MultiHeadAttention.check(width, heads, keyValueHeads, dropout, rotaryBase)
        }
        let (width, heads) = mistake == nil ? (width, heads) : (1, 1)
        let groups = mistake == nil ? keyValueHeads ?? heads : 1
        options = Options(width: width, heads: heads, keyValueHeads: groups, dropout: dropout, causal: causal)
        let inner = width / heads * groups
        let glorot = (6 / Double(2 * width + 2 * inner)).squareRoot()
        func map(_ out: Int) -> Linear {
            Linear(
                width, out, bias: bias, weightInitializer: .uniform(low: -glorot, high: glorot),
                biasInitializer: .zeros)
        }
        query = map(width)
        key = map(inner)
        value = map(inner)
        output = Linear(width, width, bias: bias, biasInitializer: .zeros)
        rotary = rotaryBase.map { RotaryPositions(base: $0) }
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ width: Int, _ heads: Int, _ keyValueHeads: Int?, _ dropout: Double, _ rotaryBase: Double?
    ) throws(LayerError) {
        try checkSize("width", width)
        try checkSize("heads", heads)
        guard width.isMultiple(of: heads) else { throw LayerError("heads", heads, must: "divide width, \(width)") }
        if let keyValueHeads {
            try checkSize("keyValueHeads", keyValueHeads)
            guard heads.isMultiple(of: keyValueHeads) else {
                throw LayerError("keyValueHeads", keyValueHeads, must: "divide heads, \(heads)")
            }
        }
        try checkRate("dropout", dropout)
        if let rotaryBase {
            try checkBase("rotaryBase", rotaryBase)
            guard (width / heads).isMultiple(of: 2) else {
                throw LayerError("heads", heads, must: "leave rotary positions an even width each, of \(width)")
            }
        }
    }

    /// Attention of a sequence to itself.
    public func forward(_ input: Tensor) -> Tensor {
        attend(input, input, input, mask: nil, keyPaddingMask: nil, causal: options.causal)
    }

    /// Attention of a sequence to itself or to another one, with masks.
    /// - Parameters:
    ///   - queries: `[N, T, E]`.
    ///   - keys: `[N, S, E]`; the queries when nil.
    ///   - values: `[N, S, E]`; the keys when nil.
    ///   - mask: `[T, S]`, `[N, T, S]` or `[N, H, T, S]`. Of type bool: whether a query may attend to a key.
    ///     Floating-point: added to the scaled products.
    ///   - keyPaddingMask: bool `[N, S]`: which keys are padding and are not attended to, as in PyTorch.
    ///   - causal: Whether place t attends to places 0 ... t alone; as the layer was made when nil.
    public func callAsFunction(
        _ queries: Tensor, keys: Tensor? = nil, values: Tensor? = nil, mask: Tensor? = nil,
        keyPaddingMask: Tensor? = nil, causal: Bool? = nil
    ) -> Tensor {
        ForwardContext.inside(self) {
            let keys = keys ?? queries
            return attend(
                queries, keys, values ?? keys, mask: mask, keyPaddingMask: keyPaddingMask,
                causal: causal ?? options.causal)
        }
    }

    private func attend(
        _ queries: Tensor, _ keys: Tensor, _ values: Tensor, mask: Tensor?, keyPaddingMask: Tensor?, causal: Bool
    ) -> Tensor {
        do throws(TensorError) {
            if let mistake { throw mistake.noted(by: "MultiHeadAttention") }
            for input in [queries, keys, values] {
                if input.isPlaceholder { return input }
                try checkSequence(input)
            }
            let allowed = try attentionMask(mask, keyPaddingMask, queries, keys)
            var q = split(query(queries), options.heads)
            var k = split(key(keys), options.keyValueHeads)
            let v = split(value(values), options.keyValueHeads)
            if let rotary { (q, k) = (rotary(q), rotary(k)) }
            let isDropping = options.dropout > 0 && ForwardContext.phase == .training
            let heads =
                isDropping
                ? ForwardContext.withRandom {
                    q.scaledDotProductAttention(
                        key: k, value: v, mask: allowed, causal: causal, dropout: options.dropout, from: &$0)
                } : q.scaledDotProductAttention(key: k, value: v, mask: allowed, causal: causal)
            if heads.isPlaceholder { return heads }
            return output(heads.permuted(0, 2, 1, 3).reshaped(to: queries.shape))
        } catch { return .failed(error, queries.spec) }
    }

    /// `[N, T, H · D]` → `[N, H, T, D]`.
    private func split(_ input: Tensor, _ heads: Int) -> Tensor {
        let (batch, length) = (input.shape[0], input.shape[1])
        return input.reshaped(to: [batch, length, heads, options.width / options.heads]).permuted(0, 2, 1, 3)
    }

    private func checkSequence(_ input: Tensor) throws(TensorError) {
        guard input.rank == 3, input.shape[2] == options.width else {
            throw TensorError(
                .shapeMismatch, operation: "MultiHeadAttention", "an input of shape \(input.shape) does not fit",
                remedy: "give [N, T, \(options.width)]")
        }
    }

    /// Takes the maps of queries, keys and values as PyTorch keeps them: `in_proj_weight` and `in_proj_bias`.
    /// - Parameters:
    ///   - inProjection: `[E + 2 G · D, E]`: the rows of queries, then keys, then values.
    ///   - bias: `[E + 2 G · D]`, or nil where the layer adds none.
    /// - Throws: `TensorError` when a shape does not fit.
    public func assign(inProjection: Tensor, bias: Tensor? = nil) throws {
        let parts = [query, key, value]
        let sizes = parts.map { $0.weight.shape[0] }
        try withTensorErrors {
            let weights = inProjection.split(into: sizes, along: 0)
            for (part, weight) in zip(parts, weights) where !weight.isPlaceholder { part.weight.value = weight }
            guard let bias else { return }  // only the matrix was given
            for (part, addend) in zip(parts, bias.split(into: sizes, along: 0)) where !addend.isPlaceholder {
                part.bias?.value = addend
            }
        }
    }

    /// Keras' `MultiHeadAttention`.
    public var kerasName: String { "multi_head_attention" }

    static let component = Component<any Layer>(
        "MultiHeadAttention", "Attention of a sequence [N, T, width] to itself, with several heads.",
        Field<Int>(required: "width", in: .atLeast(1), "The input's last size, a multiple of the heads."),
        Field<Int>(required: "heads", in: .atLeast(1), "How many heads."),
        Field<Int?>("keyValueHeads", default: nil, in: .atLeast(1), "Heads of keys and values; as many when null."),
        Field("dropout", default: 0.0, in: .fraction, "Share of attention weights that is zeroed in training."),
        Field("bias", default: true, "Whether the four maps add something."),
        Field("causal", default: false, "Whether each place attends to itself and those before alone."),
        Field<Double?>("rotaryBase", default: nil, in: .positive, "Base of rotary positions; null for none.")
    ) { width, heads, keyValueHeads, dropout, bias, causal, rotaryBase in
        try check(width, heads, keyValueHeads, dropout, rotaryBase)
        return MultiHeadAttention(
            width, heads: heads, keyValueHeads: keyValueHeads, dropout: dropout, bias: bias, causal: causal,
            rotaryBase: rotaryBase)
    }
}
