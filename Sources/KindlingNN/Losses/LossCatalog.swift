// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The losses that recipes can name.
public enum Losses {
    /// The kind of component under `loss`.
    public static let kind = ComponentKind<any Loss>("loss") { all }

    /// One line a loss, by name.
    public static let all: [Component<any Loss>] = [
        BinaryCrossEntropy.component,
        BinaryCrossEntropyWithLogits.component,
        CTC.component,
        CategoricalFocal.component,
        CategoricalHinge.component,
        CosineEmbedding.component,
        CosineSimilarity.component,
        CrossEntropy.component,
        Dice.component,
        Focal.component,
        GaussianNegativeLogLikelihood.component,
        Hinge.component,
        Huber.component,
        KLDivergence.component,
        LogCosh.component,
        MarginRanking.component,
        MeanAbsoluteError.component,
        MeanAbsolutePercentageError.component,
        MeanSquaredError.component,
        MeanSquaredLogarithmicError.component,
        MultiMargin.component,
        NegativeLogLikelihood.component,
        PoissonNegativeLogLikelihood.component,
        SmoothL1.component,
        SoftMargin.component,
        SquaredHinge.component,
        TripletMargin.component,
        Tversky.component,
    ]
}
