// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingNN

/// Prints the model before training: every module with the shape of its result, its parameters and its cost.
///
/// A FLOP is a multiplication or an addition of a matrix product or a convolution in the forward pass, activations are
/// the results that training keeps for the backward pass at most; both for one sample.
///
///     ModelSummary()
public final class ModelSummary: Callback {
    private let console: Console

    /// A summary.
    public init(console: Console = .standard) { self.console = console }

    /// Prints.
    public func fitStarted(_ run: any RunControl) async throws {
        console.print(ModelSummary.text(run.module, data: run.data))
    }

    static func text(_ module: any TrainingModule, data: DataInfo) -> String {
        // Only a module that is not built has no summary, and runs build theirs first.
        guard let summary = try? module.summary(of: { pass(module, data) }) else {
            return "\(module.name) is not built"
        }
        var table = Table(["Layer", "Type", "Output", "Parameters", "FLOPs"], right: [3, 4])
        for row in summary.rows where !row.path.isEmpty {
            table.add(
                row.path, row.type, row.outputShape.map(text) ?? "",
                row.parameters == 0 ? "" : grouped(row.parameters),
                row.operations == 0 ? "" : grouped(row.operations))
        }
        let frozen =
            summary.frozenParameters == 0 ? "" : ", \(grouped(summary.trainableParameters)) of them learned"
        let total = summary.trainableParameters + summary.frozenParameters
        let cost =
            summary.operations == 0
            ? "" : "\n\(grouped(summary.operations)) FLOPs and \(size(summary.activationBytes)) of activations a sample"
        return "\(table.text)\n\(grouped(total)) parameters\(frozen), \(size(summary.stateBytes))\(cost)"
    }

    /// A step on one sample of shapes alone.
    private static func pass(_ module: any TrainingModule, _ data: DataInfo) {
        let context = StepContext(
            stage: .validation, epoch: 0, step: 0, batchIndex: 0, sampleCount: 1, metrics: MetricMeans())
        let batch = Batch(
            inputs: .zeros(data.inputShape.inserting(1, at: 0), dtype: data.inputDType, on: .meta),
            targets: .zeros([1], dtype: .int64, on: .meta), indices: [0])
        // A step that reads values cannot go on without them: the summary has what came before.
        try? withTensorErrors { _ = try module.trainingStep(batch, context) }
    }

    private static func text(_ shape: Shape) -> String {
        "[\((["N"] + shape.dimensions.dropFirst().map(String.init)).joined(separator: ", "))]"
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_000_000 ? "\(readable(Double(bytes) / 1e3)) kB" : "\(readable(Double(bytes) / 1e6)) MB"
    }

    static let component = Component<any Callback>("ModelSummary", "Prints the model before training.") {
        ModelSummary()
    }
}
