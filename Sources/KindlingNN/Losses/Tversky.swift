// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How little a mask overlaps with its target, where false alarms and misses weigh differently (Salehi and others 2017).
///
/// 1 − (Σ p y + s) / (Σ p y + α Σ p (1 − y) + β Σ (1 − p) y + s) for each sample; α = β = ½ gives the Dice loss. α weighs
/// false alarms as in the paper, which is what Keras 3 weighs by its beta. Outputs are probabilities of the targets' shape
/// `[N, …]`, or logits if `fromLogits` is set; sums run over all axes but the first.
///
///     Tversky(alpha: 0.3, beta: 0.7)(masks, targets)      // misses weigh more
public struct Tversky: Loss {
    /// α, the weight of false alarms, 0 or more.
    public let alpha: Double
    /// β, the weight of misses, 0 or more.
    public let beta: Double
    /// s, 0 or more.
    public let smoothing: Double
    /// Whether outputs are logits, of which sigmoid is taken.
    public let fromLogits: Bool
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(
        alpha: Double = 0.5, beta: Double = 0.5, smoothing: Double = 1e-7, fromLogits: Bool = false,
        reduction: LossReduction = .mean
    ) {
        self.alpha = alpha
        self.beta = beta
        self.smoothing = smoothing
        self.fromLogits = fromLogits
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        (fromLogits ? outputs.sigmoid() : outputs).tverskyLoss(
            targets, alpha: alpha, beta: beta, smoothing: smoothing, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "Tversky", "How little masks overlap with their targets, false alarms and misses weighed.",
        Field("alpha", default: 0.5, in: .nonNegative, "The weight of false alarms."),
        Field("beta", default: 0.5, in: .nonNegative, "The weight of misses."),
        Field("smoothing", default: 1e-7, in: .nonNegative, "Added above and below the line."),
        Field("fromLogits", default: false, "Whether outputs are logits, of which sigmoid is taken."),
        LossReduction.field
    ) { alpha, beta, smoothing, fromLogits, reduction in
        Tversky(
            alpha: alpha, beta: beta, smoothing: smoothing, fromLogits: fromLogits, reduction: try reduction.oneNumber()
        )
    }
}

extension Tensor {
    /// 1 − (Σ p y + s) / (Σ p y + α Σ p (1 − y) + β Σ (1 − p) y + s) for each sample.
    /// - Parameters:
    ///   - targets: Masks between 0 and 1, of this tensor's shape `[N, …]`, any type.
    ///   - alpha: α, the weight of false alarms, 0 or more.
    ///   - beta: β, the weight of misses, 0 or more.
    ///   - smoothing: s, 0 or more.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N]` with `.none`. Refuses shapes that differ, scalars, masks of whole numbers and
    ///   negative numbers.
    public func tverskyLoss(
        _ targets: Tensor, alpha: Double = 0.5, beta: Double = 0.5, smoothing: Double = 1e-7,
        reduction: LossReduction = .mean
    ) -> Tensor {
        let name = "tverskyLoss"
        return pairwiseLoss(name, targets, reduction) { targets throws(TensorError) in
            for (role, number) in [("an alpha", alpha), ("a beta", beta), ("a smoothing", smoothing)] {
                try requireNumber(number, name, role, "a number of 0 or more") { $0 >= 0 }
            }
            guard rank > 0 else {
                throw TensorError(
                    .shapeMismatch, operation: name, "a scalar is no batch of masks", remedy: "give [N, …]")
            }
            let flat: Shape = [shape[0], shape.dimensions.dropFirst().reduce(1, *)]
            let (p, y) = (reshaped(to: flat), targets.reshaped(to: flat))
            let hits = (p * y).sum(over: 1)
            let alarms = (p * (1.0 - y)).sum(over: 1) * alpha
            let misses = ((1.0 - p) * y).sum(over: 1) * beta
            return 1.0 - (hits + smoothing) / (hits + alarms + misses + smoothing)
        }
    }
}
