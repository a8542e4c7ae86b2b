// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// max(0, 1 + the best wrong score − the right score) (Keras' `CategoricalHinge`).
///
/// The best wrong score is at least 0, as Keras has it. Scores `[N, C]`, targets class numbers `[N]` or rows of zeros with a
/// one, `[N, C]`.
///
///     CategoricalHinge()(Tensor([[0.2, 0.9]]), Tensor([0]))     // 1.7
public struct CategoricalHinge: Loss {
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings.
    public init(reduction: LossReduction = .mean) {
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        outputs.categoricalHingeLoss(targets, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "CategoricalHinge", "How far the right score is from leading the others by 1.",
        LossReduction.field
    ) { reduction in CategoricalHinge(reduction: try reduction.oneNumber()) }
}

extension Tensor {
    /// max(0, 1 + max_c (1 − y[c]) x[c] − Σ_c y[c] x[c]) for each row.
    /// - Parameters:
    ///   - targets: Class numbers `[N]`, any integer type, or a share of each class `[N, C]`.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N]` with `.none`. Refuses shapes that do not fit, scores of whole numbers and classes
    ///   that do not exist.
    public func categoricalHingeLoss(_ targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
        .composed([self, targets]) { () throws(TensorError) in
            let shares = try rankedShares(targets, "categoricalHingeLoss")
            let right = (self * shares).sum(over: 1)
            let wrong = (self * (1.0 - shares)).max(over: 1)
            return (wrong - right + 1.0).relu().reduced(by: reduction)
        }
    }

    /// Targets as a share of each class, of the shape and type of these scores `[N, C]`.
    func rankedShares(_ targets: Tensor, _ operation: String) throws(TensorError) -> Tensor {
        try requireReal(operation, "scores")
        if targets.shape == shape, rank == 2, shape[1] > 0 { return targets.converted(to: dtype) }
        guard rank == 2 else {
            throw TensorError(
                .shapeMismatch, operation: operation, "scores of shape \(shape) have no rows", remedy: "give [N, C]")
        }
        let rows = try classRows(operation, targets, nil)
        // One-hot rows of numbers that are no class would be zeros; a look-up refuses them.
        let numbers = targets.converted(to: .int64)
        let known = Tensor.zeros([shape[1]], dtype: dtype, on: device).gathered(
            at: numbers.classesFromTheStart(shape[1]))
        return numbers.oneHot(classes: shape[1]).converted(to: dtype) + known.reshaped(to: [rows.shape[0], 1])
    }

    /// Class numbers with negative ones, which would count from the end, moved to where nothing is.
    func classesFromTheStart(_ count: Int) -> Tensor {
        (self - count).selected(where: self .< 0, else: self)
    }
}
