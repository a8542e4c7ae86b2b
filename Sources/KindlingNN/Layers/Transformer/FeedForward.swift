// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// The nonlinearity between the two maps of a ``FeedForward``.
public enum FeedForwardActivation: String, Sendable, Hashable, FieldChoice {
    /// max(0, x), as in the original transformer.
    case relu
    /// x · Φ(x), as in BERT.
    case gelu
    /// GELU's tanh form, as in GPT-2.
    case geluTanh
    /// x · σ(x).
    case silu
    /// max(0, x)², as in Primer.
    case reluSquared
    /// σ(gate) · x: the gated linear unit.
    case glu
    /// max(0, gate) · x.
    case reglu
    /// GELU(gate) · x, as in T5 1.1.
    case geglu
    /// SiLU(gate) · x, as in Llama.
    case swiglu

    /// Whether a second map, the gate, multiplies the first.
    public var isGated: Bool {
        switch self {
        case .relu, .gelu, .geluTanh, .silu, .reluSquared: false
        case .glu, .reglu, .geglu, .swiglu: true
        }
    }

    /// The function of what goes through the nonlinearity: the gate, where there is one.
    func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .relu, .reglu: x.relu()
        case .gelu, .geglu: x.gelu()
        case .geluTanh: x.gelu(approximate: true)
        case .silu, .swiglu: x.silu()
        case .reluSquared: x.reluSquared()
        case .glu: x.sigmoid()
        }
    }
}

/// Two linear maps with a nonlinearity between, the same for each place of a sequence (Vaswani and others 2017, 3.3).
///
/// y = output(f(input(x))), or with a gate output(f(gate(x)) · input(x)) (Shazeer 2020). Shapes: `[…, E]` → `[…, E]`;
/// weights `[hidden, E]` and `[E, hidden]`.
///
///     FeedForward(512, hidden: 2048, activation: .relu)
///     FeedForward(4096, hidden: 11_008, activation: .swiglu, bias: false)     // Llama's
public final class FeedForward: Layer {
    /// The first map.
    public let input: Linear
    /// The gate's map, for a gated activation.
    public let gate: Linear?
    /// The last map.
    public let output: Linear
    private let activation: FeedForwardActivation
    private let dropout: Dropout
    private let mistake: LayerError?

    /// Maps from a width to another and back.
    /// - Parameters:
    ///   - width: E, at least 1.
    ///   - hidden: The width between, at least 1; four times E when nil.
    ///   - activation: The nonlinearity, gated or not.
    ///   - dropout: The share that is zeroed in training before the last map, 0 ... 1.
    ///   - bias: Whether the maps add something.
    public init(
        _ width: Int, hidden: Int? = nil, activation: FeedForwardActivation = .gelu, dropout: Double = 0,
        bias: Bool = true
    ) {
        mistake = .found { () throws(LayerError) in
            try FeedForward.check(width: width, hidden: hidden, dropout: dropout)
        }
        let width = mistake == nil ? width : 1
        let hidden = mistake == nil ? hidden ?? 4 * width : 1
        input = Linear(width, hidden, bias: bias)
        gate = activation.isGated ? Linear(width, hidden, bias: bias) : nil
        output = Linear(hidden, width, bias: bias)
        self.activation = activation
        self.dropout = Dropout(rate: dropout)
    }

    /// Refuses arguments that cannot be.
    static func check(width: Int, hidden: Int?, dropout: Double) throws(LayerError) {
        try checkSize("width", width)
        if let hidden { try checkSize("hidden", hidden) }
        try checkRate("dropout", dropout)
    }

    /// The maps.
    public func forward(_ x: Tensor) -> Tensor {
        if let mistake { return x.refused(mistake, by: "FeedForward") }
        let between = gate.map { activation($0(x)) * input(x) } ?? activation(input(x))
        return output(dropout(between))
    }

    static let component = Component<any Layer>(
        "FeedForward", "Two linear maps of the last axis with a nonlinearity, gated or not, between.",
        Field<Int>(required: "width", in: .atLeast(1), "The input's and the output's last size."),
        Field<Int?>("hidden", default: nil, in: .atLeast(1), "The width between; four times the width when null."),
        Field("activation", default: FeedForwardActivation.gelu, "The nonlinearity."),
        Field("dropout", default: 0.0, in: .fraction, "Share that is zeroed in training before the last map."),
        Field("bias", default: true, "Whether the maps add something.")
    ) { width, hidden, activation, dropout, bias in
        try check(width: width, hidden: hidden, dropout: dropout)
        return FeedForward(width, hidden: hidden, activation: activation, dropout: dropout, bias: bias)
    }
}
