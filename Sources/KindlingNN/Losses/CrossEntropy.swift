// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The cross-entropy between logits and class numbers, softmax included.
///
/// −w[t] · ln softmax(x)[t], with a share ε of each target spread over all classes (Szegedy and others 2016); the mean
/// divides by the weights of the rows that count, as PyTorch's. Logits `[N, C]` or `[N, C, d…]`, class numbers `[N]` or
/// `[N, d…]` of any integer type; or, as floating-point numbers of the logits' shape, a probability for each class.
/// Sequence models give logits `[N, T, C]` for class numbers `[N, T]`: classes are along the last axis where only that
/// fits, and where ``classAxis`` says so, which is needed if T = C.
///
///     let loss = CrossEntropy(smoothing: 0.1)
///     loss(logits, Tensor([2, 0]))
///     CrossEntropy(classAxis: -1)(gpt(tokens), nextTokens)
public struct CrossEntropy: Loss {
    /// A weight for each class, or nil.
    public let classWeights: [Double]?
    /// The share of each target that is spread over all classes, from 0 to 1.
    public let smoothing: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int
    /// The axis of the logits along which classes are; axis 1, or the last where only that fits, when nil.
    public let classAxis: Int?
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A cross-entropy.
    public init(
        smoothing: Double = 0, ignoredClass: Int = -100, classWeights: [Double]? = nil, classAxis: Int? = nil,
        reduction: LossReduction = .mean
    ) {
        self.smoothing = smoothing
        self.ignoredClass = ignoredClass
        self.classWeights = classWeights
        self.classAxis = classAxis
        self.reduction = reduction
    }

    /// The loss of a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        let axis = self.axis(outputs, targets)
        guard outputs.rank > 2, axis != 1 else { return loss(outputs, targets) }
        if axis == outputs.rank - 1, targets.shape == outputs.shape.removing(axis: axis) {
            // Rows lie as the losses' kernel wants them: no copy.
            let losses = loss(
                outputs.reshaped(to: [targets.elementCount, outputs.shape.last]), targets.flattened())
            return losses.rank == 1 ? losses.reshaped(to: targets.shape) : losses
        }
        let isOfClasses = targets.rank == outputs.rank
        let asGiven = classAxis ?? axis  // an axis that does not exist is refused by its own number
        return loss(outputs.movingAxis(asGiven, to: 1), isOfClasses ? targets.movingAxis(asGiven, to: 1) : targets)
    }

    private func axis(_ outputs: Tensor, _ targets: Tensor) -> Int {
        if let classAxis { return classAxis < 0 ? classAxis + outputs.rank : classAxis }
        guard outputs.rank > 2, targets.rank == outputs.rank - 1 else { return 1 }
        let fits = [1, outputs.rank - 1].first { targets.shape == outputs.shape.removing(axis: $0) }
        return fits ?? 1
    }

    /// The loss where classes are along axis 1.
    private func loss(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        let weights = classWeights?.weights(for: outputs)
        if targets.dtype.isFloatingPoint, targets.shape == outputs.shape {
            return outputs.crossEntropy(
                probabilities: targets, weights: weights, smoothing: smoothing, reduction: reduction)
        }
        if outputs.rank == 2, weights == nil, reduction == .mean {
            return crossEntropy(outputs, targets, smoothing: smoothing, ignoring: ignoredClass)
        }
        return outputs.crossEntropy(
            classes: targets, weights: weights, smoothing: smoothing, ignoring: ignoredClass, reduction: reduction)
    }

    static let component = Component<any Loss>(
        "CrossEntropy", "Cross-entropy between logits and class numbers.",
        Field("smoothing", default: 0.0, in: .fraction, "Share of each target that is spread over all classes."),
        Field("ignoredClass", default: -100, "Rows of this class do not count."),
        Field("classWeights", default: nil as [Double]?, in: .nonNegative, "A weight for each class."),
        Field<Int?>(
            "classAxis", default: nil, "The axis of classes; null is 1, or the last where only that fits."),
        LossReduction.field
    ) { smoothing, ignoredClass, classWeights, classAxis, reduction in
        CrossEntropy(
            smoothing: smoothing, ignoredClass: ignoredClass, classWeights: classWeights, classAxis: classAxis,
            reduction: try reduction.oneNumber())
    }
}

/// The mean cross-entropy between logits `[N, C]` and class numbers `[N]`; shape [].
///
///     let loss = crossEntropy(net(batch.inputs), batch.targets)
/// - Parameters:
///   - logits: Not normalised; softmax is part of the loss.
///   - targets: Class numbers, any integer type.
///   - smoothing: The share of each target that is spread over all classes (Szegedy and others 2016).
///   - ignoring: Rows of this class do not count, neither above nor below the line.
public func crossEntropy(
    _ logits: Tensor, _ targets: Tensor, smoothing: Double = 0, ignoring ignored: Int = -100
) -> Tensor {
    let rows = logits.crossEntropyRows(targets, smoothing: smoothing, ignoring: ignored)
    return rows.sum() / (targets .!= ignored).countNonZero()
}
