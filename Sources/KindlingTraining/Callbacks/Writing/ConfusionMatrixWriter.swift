// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingMetrics

/// Keeps in the run folder how often each class was taken for each other in the last look at the validation split.
///
/// `confusion_matrix.csv` has a row for each class as it is and a column for each class as it was taken for,
/// `confusion_matrix.svg` shows the same; a test writes `test_confusion_matrix`. Loggers get it as a table. The module
/// has to show its outputs, as supervised ones do: `[N, C]` with class numbers, or `[N]` with targets of 0 and 1.
///
///     ConfusionMatrixWriter()
public final class ConfusionMatrixWriter: Callback {
    private let metric: ConfusionMatrix
    private let everyEpochs: Int
    private var state: MetricState?

    /// A writer.
    /// - Parameters:
    ///   - everyEpochs: After how many epochs it counts.
    ///   - threshold: Outputs above it say yes, where there is one for each sample.
    public init(everyEpochs: Int = 1, threshold: Double = 0.5) {
        self.everyEpochs = max(1, everyEpochs)
        metric = ConfusionMatrix(threshold: threshold)
    }

    /// Begins to count.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        let isDue = run.stage == .test || (run.progress.epoch + 1) % everyEpochs == 0
        state = isDue ? metric.makeState() : nil
    }

    /// Counts the batch.
    /// - Throws: when the module shows no outputs, or some that have no classes.
    public func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws {
        guard state != nil else { return }  // Not this time.
        guard let outputs = batch.outputs else {
            throw TrainingError(
                .badOption, "\(run.module.name) shows no outputs that a confusion matrix could be made of",
                remedy: "call context.show(outputs:) in validationStep, or leave ConfusionMatrixWriter out")
        }
        try state?.update(outputs, batch.batch.targets)
    }

    /// Writes.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        guard let state, !state.isEmpty else { return }  // Nothing was counted.
        let matrix = try metric.matrix(state)
        self.state = nil
        let names = matrix.indices.map { run.data.classNames.indices.contains($0) ? run.data.classNames[$0] : "\($0)" }
        let name = result.stage == .test ? "test_confusion_matrix" : "confusion_matrix"
        var table = TableFile(["actual \\ predicted"] + names)
        for (actual, row) in zip(names, matrix) { table.add([actual] + row.map(String.init)) }
        let path = "\(try run.directory())/\(name)"
        try table.write(to: "\(path).csv")
        try MatrixDrawing(names: names, rows: matrix).write(to: "\(path).svg")
        run.log(Attachment(name, .table(rows: names, columns: names, values: matrix.map { $0.map(Double.init) })))
    }

    static let component = Component<any Callback>(
        "ConfusionMatrixWriter", "Keeps how often each class was taken for each other in the run folder.",
        Field("everyEpochs", default: 1, in: .atLeast(1), unit: "epochs", "After how many epochs it counts."),
        Field("threshold", default: 0.5, "Outputs above it say yes, where there is one for each sample.")
    ) { everyEpochs, threshold in ConfusionMatrixWriter(everyEpochs: everyEpochs, threshold: threshold) }
}
