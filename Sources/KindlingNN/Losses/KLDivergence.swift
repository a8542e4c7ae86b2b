// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// The divergence of log-probabilities from a target distribution: PyTorch's `KLDivLoss`.
///
/// y · (ln y − x), 0 where y is 0; with logarithms as targets eʸ · (y − x) (Kullback and Leibler 1951). Outputs are
/// log-probabilities of the targets' shape `[N, …]`.
///
///     KLDivergence()(logits.logSoftmax(), teacher.softmax())
public struct KLDivergence: Loss {
    /// What becomes of the elements' shares of the divergence.
    public enum Reduction: String, Sendable, CaseIterable {
        /// Their sum, divided by the batch size: what the divergence is by its definition.
        case batchMean
        /// Their mean over all elements, PyTorch's default; smaller by the number of classes.
        case mean
        /// Their sum.
        case sum
        /// Each for itself.
        case none
    }

    /// Whether targets are logarithms of probabilities.
    public let logTarget: Bool
    /// What becomes of the elements' shares.
    public let reduction: Reduction

    /// A divergence.
    /// - Parameters:
    ///   - logTarget: Whether targets are logarithms of probabilities.
    ///   - reduction: The divergence by its definition, unless something else is wanted; PyTorch's default is `.mean`.
    public init(logTarget: Bool = false, reduction: Reduction = .batchMean) {
        self.logTarget = logTarget
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        switch reduction {
        case .mean: return outputs.klDivergence(targets, logTarget: logTarget, reduction: .mean)
        case .none: return outputs.klDivergence(targets, logTarget: logTarget, reduction: .none)
        case .sum: return outputs.klDivergence(targets, logTarget: logTarget, reduction: .sum)
        case .batchMean:
            let size = outputs.rank == 0 ? 1 : outputs.shape[0]
            return outputs.klDivergence(targets, logTarget: logTarget, reduction: .sum) / Double(size)
        }
    }

    static let component = Component<any Loss>(
        "KLDivergence", "The divergence of log-probabilities from a target distribution.",
        Field("logTarget", default: false, "Whether targets are logarithms of probabilities."),
        Field("reduction", default: Reduction.batchMean, "Whether a batch's losses are averaged or added.")
    ) { logTarget, reduction in
        guard reduction != .none else { _ = try LossReduction.Word.none.oneNumber(); return KLDivergence() }
        return KLDivergence(logTarget: logTarget, reduction: reduction)
    }
}

extension KLDivergence.Reduction: FieldChoice {}
