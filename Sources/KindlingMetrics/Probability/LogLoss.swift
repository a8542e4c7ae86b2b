// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of −ln of the probability that was given to what is true.
///
/// Probabilities `[N, C]` or `[N, C, d…]` with class numbers, or probabilities of the shape of targets of 0 and 1; no
/// smaller than 10⁻¹⁵. With `fromLogits` outputs are logits. NaN where what should be a probability is negative.
///
///     try LogLoss(fromLogits: true).figure(logits, classes)
public struct LogLoss: Metric {
    /// Whether outputs are logits.
    public let fromLogits: Bool
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A metric with these settings.
    public init(fromLogits: Bool = false, ignoredClass: Int = -100) {
        self.fromLogits = fromLogits
        self.ignoredClass = ignoredClass
    }

    /// `log_loss`.
    public var name: String { "log_loss" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// The batch's sum, and how many rows counted.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        if outputs.shape == targets.shape {
            let x = outputs.forSums
            let known = targets.forSums
            let counted = (targets .!= ignoredClass).forSums
            let yes = fromLogits ? x.logSigmoid() : bounded(x)
            let no = fromLogits ? (-x).logSigmoid() : bounded(1.0 - x)
            let losses = -(known * yes + (1.0 - known) * no)
            return summary(targets.elementCount, losses, counted)
        }
        let (rows, classes) = try ClassReading.rows(outputs, targets, name)
        let counted = classes .!= ignoredClass
        let numbers = classes.fromTheStart(of: rows.shape[1]).selected(where: counted, else: classes.zerosLike())
        let logarithms = fromLogits ? rows.forSums.logSoftmax() : bounded(rows.forSums)
        let picked = logarithms.taken(at: numbers.insertingAxis(at: 1), along: 1).flattened()
        return summary(targets.elementCount, -picked, counted.forSums)
    }

    private func summary(_ samples: Int, _ losses: Tensor, _ counted: Tensor) -> BatchFigures {
        let kept = losses.selected(where: counted.converted(to: .bool), else: losses.zerosLike())
        return BatchFigures(samples: samples, .stacked([kept.sum(), counted.sum()]))
    }

    /// ln p, for 0 as for 10⁻¹⁵; NaN for what is negative.
    private func bounded(_ p: Tensor) -> Tensor { (p + (p .== 0.0).converted(to: p.dtype) * 1e-15).log() }

    /// The mean; NaN when no row counted.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 2 else { throw foreign(sums) }
        return sums[0] / sums[1]
    }

    static let component = Component<any Metric>(
        "LogLoss", "Mean of -ln of the probability given to what is true.",
        Field("fromLogits", default: false, "Whether outputs are logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { fromLogits, ignoredClass in LogLoss(fromLogits: fromLogits, ignoredClass: ignoredClass) }
}
