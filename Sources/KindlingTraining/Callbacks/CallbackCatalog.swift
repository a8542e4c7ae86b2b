// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The callbacks that recipes can name.
public enum Callbacks {
    /// The kind of component under `callbacks`.
    public static let kind = ComponentKind<any Callback>("callback") { all }

    /// One line a callback, by name.
    public static let all: [Component<any Callback>] = [
        BackboneFinetuning.component,
        BatchSizeFinder.component,
        ConfusionMatrixWriter.component,
        DeviceStats.component,
        EarlyStopping.component,
        FineTuning.component,
        GradientAccumulationScheduler.component,
        GradientNormMonitor.component,
        LearningRateFinder.component,
        LearningRateMonitor.component,
        LiveView.component,
        ModelCheckpoint.component,
        ModelSummary.component,
        PredictionWriter.component,
        ProgressBar.component,
        Pruning.component,
        Report.component,
        ResultsTable.component,
        SamplePictures.component,
        StochasticWeightAveraging.component,
        TerminateOnNaN.component,
        Timer.component,
        WeightAveraging.component,
    ]
}
