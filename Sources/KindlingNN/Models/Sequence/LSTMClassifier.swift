// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Classifies sequences by the last state of a long short-term memory: pictures row by row, texts token by token.
///
/// Shapes: `[N, T, I]`; pictures `[N, C, H, W]` as H steps of C · W numbers; with a vocabulary token numbers `[N, T]`;
/// → logits `[N, numClasses]`. Read in both directions, the last states of both are taken together.
///
///     LSTMClassifier(28, hidden: 128, numClasses: 10)                                // the rows of MNIST's digits
///     LSTMClassifier(64, hidden: 128, numClasses: 2, vocabularySize: 10_000)         // texts
public final class LSTMClassifier: Layer {
    /// The vectors of the tokens, where inputs are token numbers.
    public let embedding: Embedding?
    /// What reads the sequence.
    public let recurrent: LSTM
    /// The map from the last state to logits.
    public let output: Linear
    private let dropout: Dropout
    private let mistake: LayerError?

    /// A classifier of such sizes.
    /// - Parameters:
    ///   - inputSize: Numbers of each step; taken from the first input when nil. With a vocabulary, those of a token's
    ///     vector, and as many as `hidden` when nil.
    ///   - hidden: Features of the state, at least 1.
    ///   - numClasses: How many logits, at least 1.
    ///   - layers: How many, one above the other, at least 1.
    ///   - bidirectional: Whether sequences are read from the end too.
    ///   - dropout: The share zeroed in training between layers and before the last map, 0 ... 1.
    ///   - vocabularySize: How many tokens there are, where inputs are token numbers.
    public init(
        _ inputSize: Int? = nil, hidden: Int, numClasses: Int, layers: Int = 1, bidirectional: Bool = false,
        dropout: Double = 0, vocabularySize: Int? = nil
    ) {
        mistake = .found { () throws(LayerError) in
            try LSTMClassifier.check(inputSize, hidden, numClasses, layers, dropout, vocabularySize)
        }
        let isSound = mistake == nil
        let (hidden, numClasses) = isSound ? (hidden, numClasses) : (1, 1)
        let width = vocabularySize == nil || !isSound ? inputSize : inputSize ?? hidden
        embedding = isSound ? vocabularySize.map { Embedding($0, inputSize ?? hidden) } : nil
        recurrent = LSTM(
            isSound ? width : 1, hidden, layers: isSound ? layers : 1, dropout: isSound ? dropout : 0,
            bidirectional: bidirectional, returnsSequences: false)
        output = Linear(bidirectional ? 2 * hidden : hidden, numClasses)
        self.dropout = Dropout(rate: dropout)
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ inputSize: Int?, _ hidden: Int, _ numClasses: Int, _ layers: Int, _ dropout: Double, _ vocabularySize: Int?
    ) throws(LayerError) {
        if let inputSize { try checkSize("inputSize", inputSize) }
        try checkSize("hidden", hidden)
        try checkSize("numClasses", numClasses)
        try checkLayers(layers)
        try checkRate("dropout", dropout)
        if let vocabularySize { try checkSize("vocabularySize", vocabularySize) }
    }

    /// The logits of the classes.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "LSTMClassifier") }
        return output(dropout(recurrent(steps(of: input))))
    }

    private func steps(of input: Tensor) -> Tensor {
        if let embedding { return embedding(input) }
        guard input.rank == 4 else { return input }  // another rank than 3 is refused by the next layer
        let (batch, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3])
        let rows = channels == 1 ? input : input.permuted(0, 2, 1, 3)
        return rows.reshaped(to: [batch, height, channels * width])
    }

    static let component = Component<any Layer>(
        "LSTMClassifier", "Classifies sequences, rows of pictures or token numbers by an LSTM's last state.",
        Field<Int?>(
            "inputSize", default: nil, in: .atLeast(1), "Numbers of each step, taken from the input when null."),
        Field("hidden", default: 128, in: .atLeast(1), "Features of the state."),
        Field<Int>(required: "numClasses", in: .atLeast(1), "How many classes."),
        Field("layers", default: 1, in: .atLeast(1), "How many, one above the other."),
        Field("bidirectional", default: false, "Whether sequences are read from the end too."),
        Field(
            "dropout", default: 0.0, in: .fraction, "Share zeroed in training between layers and before the last map."),
        Field<Int?>("vocabularySize", default: nil, in: .atLeast(1), "How many tokens there are, for token numbers.")
    ) { inputSize, hidden, numClasses, layers, bidirectional, dropout, vocabularySize in
        try check(inputSize, hidden, numClasses, layers, dropout, vocabularySize)
        return LSTMClassifier(
            inputSize, hidden: hidden, numClasses: numClasses, layers: layers, bidirectional: bidirectional,
            dropout: dropout, vocabularySize: vocabularySize)
    }
}
