// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far an anchor is from being nearer to its like than to another by a margin: PyTorch's `TripletMarginLoss`.
///
/// max(0, d(a, p) − d(a, n) + m) with d(a, b) = ‖a − b + ε‖ₚ over the last axis (Balntas and others 2016). Three tensors
/// `[…, D]` of one shape.
///
///     let loss = TripletMargin(margin: 0.2)
///     loss(anchors, positives: likes, negatives: others)
///
/// As a ``Loss``, and in recipes, it takes vectors `[N, D]` and class numbers `[N]`, and counts all triplets that a batch
/// has (Schroff and others 2015): of each anchor every other vector of its class with every one of another class. Memory
/// grows with N³.
///
///     loss(embeddings, classes)
public struct TripletMargin: Loss {
    /// m, above 0.
    public let margin: Double
    /// p of the distance, 1 or more.
    public let exponent: Double
    /// ε, 0 or more; keeps the gradient finite where vectors are equal.
    public let epsilon: Double
    /// Whether d(p, n) counts where it is smaller than d(a, n).
    public let swapping: Bool
    /// What becomes of the losses: their mean, their sum, or each for itself.
    public let reduction: LossReduction

    /// A loss with these settings; numbers out of range are refused when it is computed.
    public init(
        margin: Double = 1, exponent: Double = 2, epsilon: Double = 1e-6, swapping: Bool = false,
        reduction: LossReduction = .mean
    ) {
        self.margin = margin
        self.exponent = exponent
        self.epsilon = epsilon
        self.swapping = swapping
        self.reduction = reduction
    }

    /// The loss of a batch of triplets.
    public func callAsFunction(_ anchors: Tensor, positives: Tensor, negatives: Tensor) -> Tensor {
        anchors.tripletMarginLoss(
            positives: positives, negatives: negatives, margin: margin, exponent: exponent, epsilon: epsilon,
            swapping: swapping, reduction: reduction)
    }

    /// The loss of all triplets of a batch.
    ///
    /// The mean and the sum are over triplets, 0 where there is none; with `.none` each anchor has the sum of its own.
    /// - Parameters:
    ///   - outputs: Vectors `[N, D]`.
    ///   - targets: Class numbers `[N]`.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        .composed([outputs, targets]) { () throws(TensorError) in
            try outputs.requireReal("TripletMargin", "vectors")
            guard outputs.rank == 2, targets.shape == [outputs.shape[0]] else {
                throw TensorError(
                    .shapeMismatch, operation: "TripletMargin",
                    "outputs of shape \(outputs.shape) do not fit classes of shape \(targets.shape)",
                    remedy: "give vectors [N, D] and class numbers [N]")
            }
            try check()
            let differences = outputs.insertingAxis(at: 1) - outputs.insertingAxis(at: 0) + epsilon
            let distances = differences.norm(order: exponent, over: 2)
            let near = distances.insertingAxis(at: 2), far = distances.insertingAxis(at: 1)
            let between = distances.insertingAxis(at: 0)
            let losses = (near - (swapping ? far.minimum(between) : far) + margin).relu()
            let isTriplet = triplets(targets)
            let counted = losses * isTriplet.converted(to: losses.dtype)
            switch reduction {
            case .none: return counted.sum(over: 1, 2)
            case .sum: return counted.sum()
            case .mean:
                let count = isTriplet.countNonZero().converted(to: losses.dtype)
                return counted.sum() / count.maximum(1.0)
            }
        }
    }

    /// Which of `[anchor, positive, negative]` are triplets.
    private func triplets(_ classes: Tensor) -> Tensor {
        let isAlike = classes.insertingAxis(at: 1) .== classes.insertingAxis(at: 0)
        let places = Tensor.indices(classes.elementCount, on: classes.device)
        let isOther = places.insertingAxis(at: 1) .!= places.insertingAxis(at: 0)
        let isUnlike = classes.insertingAxis(at: 1) .!= classes.insertingAxis(at: 0)
        return (isAlike .& isOther).insertingAxis(at: 2) .& isUnlike.insertingAxis(at: 1)
    }

    private func check() throws(TensorError) {
        let name = "TripletMargin"
        try requireNumber(margin, name, "a margin", "a positive number") { $0 > 0 }
        try requireNumber(exponent, name, "an exponent", "a number of 1 or more") { $0 >= 1 }
        try requireNumber(epsilon, name, "an epsilon", "a number of 0 or more") { $0 >= 0 }
    }

    static let component = Component<any Loss>(
        "TripletMargin",
        "How far vectors [N, D] are from being nearer to their own class; over all triplets of a batch.",
        Field("margin", default: 1.0, in: .positive, "By how much nearer."),
        Field("exponent", default: 2.0, in: .atLeast(1), "p of the distance."),
        Field("epsilon", default: 1e-6, in: .nonNegative, "Keeps gradients finite where vectors are equal."),
        Field("swapping", default: false, "Whether the like's distance to the other counts where it is smaller."),
        LossReduction.field
    ) { margin, exponent, epsilon, swapping, reduction in
        TripletMargin(
            margin: margin, exponent: exponent, epsilon: epsilon, swapping: swapping,
            reduction: try reduction.oneNumber())
    }
}
