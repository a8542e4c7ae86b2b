// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The loss of label sequences without known alignment (Graves and others 2006): PyTorch's `CTCLoss`.
///
/// Minus the logarithm of the probability of all paths that give the labels once repetitions and then blanks are dropped.
/// The mean divides each loss by the number of its labels first.
///
///     let loss = CTC(blank: 0, zeroInfinity: true)
///     loss(logits.logSoftmax(), labels, inputLengths: [50, 42], targetLengths: [7, 5])
///
/// As a ``Loss``, and in recipes, it takes what a sequence model gives, logits `[N, T, C]`, all T steps of each sequence,
/// and labels `[N, S]` that end where ``padding`` begins.
///
///     CTC()(model(spectrograms), labels)
public struct CTC: Loss {
    /// The class that stands for no label.
    public let blank: Int
    /// Whether sequences too short for their labels have loss and gradient 0, not ∞.
    public let zeroInfinity: Bool
    /// What stands behind the last label of a sequence; not read where lengths are given.
    public let padding: Int
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; a blank that is no class is refused when it is computed.
    public init(
        blank: Int = 0, zeroInfinity: Bool = false, padding: Int = -1, reduction: LossReduction = .mean
    ) {
        self.blank = blank
        self.zeroInfinity = zeroInfinity
        self.padding = padding
        self.reduction = reduction
    }

    /// The loss of a batch.
    /// - Parameters:
    ///   - logProbabilities: `[T, N, C]`.
    ///   - targets: Labels `[N, S]`, any integer type.
    ///   - inputLengths: How many steps of each sequence count.
    ///   - targetLengths: How many labels each sequence has.
    public func callAsFunction(
        _ logProbabilities: Tensor, _ targets: Tensor, inputLengths: [Int], targetLengths: [Int]
    ) -> Tensor {
        logProbabilities.ctcLoss(
            targets, inputLengths: inputLengths, targetLengths: targetLengths, blank: blank,
            zeroInfinity: zeroInfinity, reduction: reduction)
    }

    /// The loss of a batch whose sequences are all of one length, softmax included.
    /// - Parameters:
    ///   - outputs: Logits `[N, T, C]`.
    ///   - targets: Labels `[N, S]`, any integer type, each sequence's up to its first ``padding``.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        .composed([outputs, targets]) { () throws(TensorError) in
            try outputs.requireReal("CTC", "logits")
            guard outputs.rank == 3, targets.rank == 2, outputs.shape[0] == targets.shape[0] else {
                throw TensorError(
                    .shapeMismatch, operation: "CTC",
                    "outputs of shape \(outputs.shape) do not fit labels of shape \(targets.shape)",
                    remedy: "give logits [N, T, C] and labels [N, S]")
            }
            return self(
                outputs.logSoftmax(over: -1).movingAxis(0, to: 1), targets,
                inputLengths: Array(repeating: outputs.shape[1], count: outputs.shape[0]),
                targetLengths: try lengths(targets))
        }
    }

    /// How many labels come before the padding; all where tensors have no elements to look at.
    private func lengths(_ targets: Tensor) throws(TensorError) -> [Int] {
        let (count, longest) = (targets.shape[0], targets.shape[1])
        guard targets.device != .meta, !targets.dtype.isFloatingPoint else {
            return Array(repeating: longest, count: count)
        }
        let labels = try targets.converted(to: .int64).array(of: Int64.self)
        return (0..<count).map { row in
            labels[(row * longest)..<((row + 1) * longest)].prefix { $0 != Int64(padding) }.count
        }
    }

    static let component = Component<any Loss>(
        "CTC", "Label sequences without known alignment: logits [N, T, C], labels [N, S] (Graves and others 2006).",
        Field("blank", default: 0, in: .nonNegative, "The class that stands for no label."),
        Field("zeroInfinity", default: false, "Whether sequences too short for their labels have loss 0, not ∞."),
        Field("padding", default: -1, "What stands behind the last label of a sequence."),
        LossReduction.field
    ) { blank, zeroInfinity, padding, reduction in
        CTC(blank: blank, zeroInfinity: zeroInfinity, padding: padding, reduction: try reduction.oneNumber())
    }
}
