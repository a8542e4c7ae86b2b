// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The metrics that recipes can name.
public enum Metrics {
    /// The kind of component under `metrics`.
    public static let kind = ComponentKind<any Metric>("metric") { all }

    /// One line a metric, by name.
    public static let all: [Component<any Metric>] = [
        AUROC.component,
        Accuracy.component,
        AveragePrecision.component,
        BLEUScore.component,
        BalancedAccuracy.component,
        BinaryAccuracy.component,
        CalibrationError.component,
        CohenKappa.component,
        DiceScore.component,
        ExplainedVariance.component,
        F1Score.component,
        FBetaScore.component,
        JaccardScore.component,
        LogLoss.component,
        MAE.component,
        MAPE.component,
        MSE.component,
        MatthewsCorrelation.component,
        PearsonCorrelation.component,
        Perplexity.component,
        PrecisionScore.component,
        R2Score.component,
        RMSE.component,
        RecallScore.component,
        SpecificityScore.component,
        SubsetAccuracy.component,
        TokenErrorRate.component,
        TopKAccuracy.component,
    ]
}
