// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The cross-entropy of one class of many that counts rows the less, the surer they are (Lin and others 2017).
///
/// α · (1 − p_t)^γ · −ln p_t, where p_t is softmax(x) at the right class. Logits `[N, C]` or `[N, C, d…]`, class numbers `[N]`
/// or `[N, d…]`.
///
///     CategoricalFocal(gamma: 2)(logits, classes)
public struct CategoricalFocal: Loss {
    /// α, what all losses are multiplied by.
    public let alpha: Double
    /// γ, how much less sure rows count, 0 or more.
    public let gamma: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(alpha: Double = 0.25, gamma: Double = 2, ignoredClass: Int = -100, reduction: LossReduction = .mean) {
        self.alpha = alpha
        self.gamma = gamma
        self.ignoredClass = ignoredClass
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.categoricalFocalLoss(
            targets, alpha: alpha, gamma: gamma, ignoring: ignoredClass, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "CategoricalFocal", "Cross-entropy over classes that counts sure rows less.",
        Field("alpha", default: 0.25, in: .nonNegative, "What all losses are multiplied by."),
        Field("gamma", default: 2.0, in: .nonNegative, "How much less sure rows count; 0 gives the cross-entropy."),
        Field("ignoredClass", default: -100, "Rows of this class do not count."),
        LossReduction.field
    ) { alpha, gamma, ignoredClass, reduction in
        CategoricalFocal(alpha: alpha, gamma: gamma, ignoredClass: ignoredClass, reduction: try reduction.oneNumber())
    }
}

extension Tensor {
    /// α · (1 − p_t)^γ · −ln p_t for the probability p_t that softmax over axis 1 gives the right class.
    /// - Parameters:
    ///   - classes: Class numbers `[N]` or `[N, d…]` for logits `[N, C]` or `[N, C, d…]`, any integer type.
    ///   - alpha: α, any number.
    ///   - gamma: γ, 0 or more.
    ///   - ignored: Elements of this class do not count.
    ///   - reduction: Mean by default, over what counts.
    /// - Returns: A scalar, or the classes' shape with `.none`. Refuses what `crossEntropy(classes:)` refuses and
    ///   numbers out of range.
    public func categoricalFocalLoss(
        _ classes: Tensor, alpha: Double = 0.25, gamma: Double = 2, ignoring ignored: Int = -100,
        reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, classes]) { () throws(TensorError) in
            let name = "categoricalFocalLoss"
            try requireNumber(alpha, name, "an alpha", "a finite number") { _ in true }
            try requireNumber(gamma, name, "a gamma", "a number of 0 or more") { $0 >= 0 }
            let entropy = crossEntropy(classes: classes, ignoring: ignored, reduction: .none)
            // A power of 0 with an exponent below 1 has no finite slope.
            let miss = (-(-entropy).expm1()).maximum(1e-30)
            let losses = miss.power(gamma) * entropy * alpha
            guard reduction == .mean else { return losses.reduced(by: reduction) }
            return losses.sum() / (classes .!= ignored).converted(to: dtype).sum()
        }
    }
}
