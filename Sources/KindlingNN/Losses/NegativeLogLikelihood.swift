// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Minus the log-probability of the right class: PyTorch's `NLLLoss`, for outputs that `logSoftmax` has gone over.
///
/// −w[t] · x[t]; the mean divides by the sum of the weights of the rows that count. Log-probabilities `[N, C]` or
/// `[N, C, d…]`, class numbers `[N]` or `[N, d…]`.
///
///     NegativeLogLikelihood()(logits.logSoftmax(over: 1), classes)
public struct NegativeLogLikelihood: Loss {
    /// A weight for each class, or nil.
    public let classWeights: [Double]?
    /// Rows of this class do not count.
    public let ignoredClass: Int
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(classWeights: [Double]? = nil, ignoredClass: Int = -100, reduction: LossReduction = .mean) {
        self.classWeights = classWeights
        self.ignoredClass = ignoredClass
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.negativeLogLikelihood(
            targets, weights: classWeights?.weights(for: outputs), ignoring: ignoredClass, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "NegativeLogLikelihood", "Minus the log-probability of the right class.",
        Field("classWeights", default: nil as [Double]?, in: .nonNegative, "A weight for each class."),
        Field("ignoredClass", default: -100, "Rows of this class do not count."),
        LossReduction.field
    ) { classWeights, ignoredClass, reduction in
        NegativeLogLikelihood(
            classWeights: classWeights, ignoredClass: ignoredClass, reduction: try reduction.oneNumber())
    }
}
