// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How many n-grams of the tokens that a model gives are in the targets: ``BLEU`` over batches.
///
/// Outputs `[N, T, C]`, of which the largest along the last axis counts, or tokens `[N, T]`; one reference each, `[N, S]`.
/// Sequences end at the padding or at the end token. Several references, or texts, are given to a ``BLEU``.
///
///     try BLEUScore(padding: 0).figure(logits, tokens)
public struct BLEUScore: Metric {
    /// N, the longest n-gram, at least 1.
    public let order: Int
    /// What becomes of n-grams that never match.
    public let smoothing: BLEU.Smoothing
    private let sequences: TokenSequences

    /// A figure of n-grams up to an order.
    /// - Parameters:
    ///   - order: The longest n-gram, 1 ... 64.
    ///   - smoothing: What becomes of n-grams that never match.
    ///   - padding: What stands behind the last token.
    ///   - end: The token that ends a sequence, or nil.
    public init(order: Int = 4, smoothing: BLEU.Smoothing = .none, padding: Int = -1, end: Int? = nil) {
        self.order = order
        self.smoothing = smoothing
        sequences = TokenSequences(padding: padding, end: end, blank: nil)
    }

    /// `bleu`.
    public var name: String { "bleu" }
    /// More is better.
    public var higherIsBetter: Bool { true }
    /// False: sequences are looked at one after the other.
    public var isShownWhileTraining: Bool { false }

    /// Matches and n-grams of each length, then the lengths of outputs and targets.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        guard (1...64).contains(order) else {
            throw TensorError(.invalidValue, operation: name, "order is \(order), but must be 1 ... 64")
        }
        let (said, meant) = try sequences.read(outputs, targets, name)
        var bleu = BLEU(order: order, smoothing: smoothing)
        for (said, meant) in zip(said, meant) { bleu.update(said, references: [meant]) }
        return BatchFigures(samples: said.count, known: bleu.counts, .zeros([0], on: outputs.device))
    }

    /// The figure, from 0 to 1.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 2 * order + 2 else { throw foreign(sums) }
        return BLEU.figure(
            matches: Array(sums[..<order]), totals: Array(sums[order..<2 * order]), length: sums[2 * order],
            referenceLength: sums[2 * order + 1], smoothing: smoothing)
    }

    static let component = Component<any Metric>(
        "BLEUScore", "How many n-grams of the model's tokens are in the targets (Papineni and others 2002).",
        Field("order", default: 4, in: orders, "The longest n-gram."),
        Field("smoothing", default: BLEU.Smoothing.none, "What becomes of n-grams that never match."),
        Field("padding", default: -1, "What stands behind the last token of a sequence."),
        Field<Int?>("end", default: nil, "The token that ends a sequence; null for none.")
    ) { order, smoothing, padding, end in BLEUScore(order: order, smoothing: smoothing, padding: padding, end: end) }

    private static let orders = FieldRange(low: 1, high: 64, includesLow: true, includesHigh: true)
}
