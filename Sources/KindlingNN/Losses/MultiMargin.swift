// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far each wrong score is from staying behind the right one by a margin: PyTorch's `MultiMarginLoss`.
///
/// Σ_{c ≠ t} max(0, m − x[t] + x[c])^p / C, times the weight of class t. Scores `[N, C]`, class numbers `[N]`.
///
///     MultiMargin()(Tensor([[0.1, 0.2, 0.4, 0.8]]), Tensor([3]))     // 0.325
public struct MultiMargin: Loss {
    /// p, the power of each excess, 1 or more.
    public let exponent: Double
    /// m, how far behind a wrong score has no loss.
    public let margin: Double
    /// A weight for each class, or nil.
    public let classWeights: [Double]?
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(
        exponent: Double = 1, margin: Double = 1, classWeights: [Double]? = nil, reduction: LossReduction = .mean
    ) {
        self.exponent = exponent
        self.margin = margin
        self.classWeights = classWeights
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.multiMarginLoss(
            targets, exponent: exponent, margin: margin, weights: classWeights?.weights(for: outputs),
            reduction: reduction)
    }

    static let component = Component<any Loss>(
        "MultiMargin", "How far wrong scores are from staying behind the right one by a margin.",
        Field("exponent", default: 1.0, in: .atLeast(1), "The power of each excess, 1 or more."),
        Field("margin", default: 1.0, "How far behind a wrong score has no loss."),
        Field("classWeights", default: nil as [Double]?, in: .nonNegative, "A weight for each class."),
        LossReduction.field
    ) { exponent, margin, classWeights, reduction in
        MultiMargin(
            exponent: exponent, margin: margin, classWeights: classWeights, reduction: try reduction.oneNumber())
    }
}

extension Tensor {
    /// Σ_{c ≠ t} max(0, m − x[t] + x[c])^p / C for each row, times the weight of its class t.
    /// - Parameters:
    ///   - classes: Class numbers `[N]` for scores `[N, C]`, any integer type.
    ///   - exponent: p, 1 or more.
    ///   - margin: m, any finite number.
    ///   - weights: A weight for each class, `[C]`. The mean divides by the number of rows, not by the weights.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N]` with `.none`. Refuses shapes that do not fit, scores of whole numbers, classes that
    ///   do not exist and numbers out of range.
    public func multiMarginLoss(
        _ classes: Tensor, exponent: Double = 1, margin: Double = 1, weights: Tensor? = nil,
        reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, classes, weights]) { () throws(TensorError) in
            let name = "multiMarginLoss"
            try requireNumber(exponent, name, "an exponent", "a number of 1 or more") { $0 >= 1 }
            try requireNumber(margin, name, "a margin", "a finite number") { _ in true }
            let rows = try classRows(name, classes, weights)
            let shares = try rows.rankedShares(classes, name)
            let right = (self * shares).sum(over: 1, keepDims: true)
            let excess = (self - right + margin).relu()
            let powers = exponent == 1 ? excess : excess.power(exponent)
            let losses = (powers * (1.0 - shares)).sum(over: 1) / Double(shape[1])
            guard let weights else { return losses.reduced(by: reduction) }
            let factors = weights.detached().converted(to: dtype).gathered(at: classes.converted(to: .int64))
            return (losses * factors).reduced(by: reduction)
        }
    }
}
