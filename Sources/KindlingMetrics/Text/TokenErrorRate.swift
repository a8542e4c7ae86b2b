// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Edits needed for each token of the targets: ``ErrorRate`` over batches, such as of a model trained with CTC.
///
/// Outputs `[N, T, C]`, of which the largest along the last axis counts, or tokens `[N, T]`; targets `[N, S]`. Sequences
/// end at the padding or at the end token. With a `blank`, repetitions and then blanks are dropped from outputs: the
/// likeliest path. Texts are given to an ``ErrorRate``.
///
///     try TokenErrorRate(blank: 0).figure(logits, labels)
public struct TokenErrorRate: Metric {
    private let sequences: TokenSequences

    /// A rate.
    /// - Parameters:
    ///   - padding: What stands behind the last token.
    ///   - end: The token that ends a sequence, or nil.
    ///   - blank: The class that stands for no token, or nil where outputs are tokens already.
    public init(padding: Int = -1, end: Int? = nil, blank: Int? = nil) {
        sequences = TokenSequences(padding: padding, end: end, blank: blank)
    }

    /// `token_error_rate`.
    public var name: String { "token_error_rate" }
    /// Less is better.
    public var higherIsBetter: Bool { false }
    /// False: sequences are looked at one after the other.
    public var isShownWhileTraining: Bool { false }

    /// Edits, and tokens of the targets.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let (said, meant) = try sequences.read(outputs, targets, name)
        var rate = ErrorRate(of: .words)
        for (said, meant) in zip(said, meant) { rate.update(said, reference: meant) }
        return BatchFigures(samples: said.count, known: rate.counts, .zeros([0], on: outputs.device))
    }

    /// The rate; infinite where something was said and all targets are empty, NaN where nothing was either.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 2 else { throw foreign(sums) }
        return sums[0] / sums[1]
    }

    static let component = Component<any Metric>(
        "TokenErrorRate", "Edits needed for each token of the targets.",
        Field("padding", default: -1, "What stands behind the last token of a sequence."),
        Field<Int?>("end", default: nil, "The token that ends a sequence; null for none."),
        Field<Int?>("blank", default: nil, in: .nonNegative, "The class of no token after CTC; null for none.")
    ) { padding, end, blank in TokenErrorRate(padding: padding, end: end, blank: blank) }
}
