// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine
internal import KindlingIO

/// How ``PredictionWriter`` writes.
public enum PredictionFormat: String, FieldChoice, Sendable {
    /// A table of text: a row for each sample.
    case csv
    /// Tensors `indices`, `outputs` and `targets`, for other programs.
    case safetensors
}

/// Writes the outputs of a prediction to the run folder: `predictions.csv`, or a file for each batch under
/// `predictions/`.
///
/// A row has the sample's place in the data, its target, the class with the largest output where there are classes,
/// and every output. A file is there in full or not at all.
///
///     Trainer(callbacks: [PredictionWriter()])
public final class PredictionWriter: Callback {
    private let format: PredictionFormat
    private let perBatch: Bool
    private var predictions: [Prediction] = []
    private var written = 0

    /// A writer.
    /// - Parameters:
    ///   - format: How it writes.
    ///   - perBatch: Whether every batch has a file of its own, so that memory holds one batch alone.
    public init(format: PredictionFormat = .csv, perBatch: Bool = false) {
        self.format = format
        self.perBatch = perBatch
    }

    /// Begins with no predictions.
    public func predictionStarted(batchCount: Int, _ run: any RunControl) async throws {
        predictions = []
        written = 0
    }

    /// Writes or keeps the batch's.
    public func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws {
        // Copied, so that a device's memory is free for the next batch.
        predictions.append(
            Prediction(
                indices: prediction.indices, outputs: try prediction.outputs.copied(to: .cpu),
                targets: try prediction.targets.copied(to: .cpu)))
        guard perBatch else { return }  // Written in the end.
        let folder = "\(try run.directory())/predictions"
        try makeFolders(folder)
        try write(run, to: "\(folder)/batch-\(written)")
        written += 1
        predictions = []
    }

    /// Writes all.
    public func predictionEnded(_ run: any RunControl) async throws {
        if !perBatch { try write(run, to: "\(run.directory())/predictions") }
        predictions = []
    }

    private func write(_ run: any RunControl, to path: String) throws {
        switch format {
        case .csv: try table(run).write(to: "\(path).csv")
        case .safetensors:
            guard !predictions.isEmpty else { return }  // Nothing has no shape.
            let (outputs, targets) = try withTensorErrors {
                (Tensor.concatenated(predictions.map(\.outputs)), Tensor.concatenated(predictions.map(\.targets)))
            }
            let indices = Tensor(predictions.flatMap(\.indices).map(Int64.init))
            try Safetensors.write(
                [("indices", indices), ("outputs", outputs), ("targets", targets)], to: "\(path).safetensors")
        }
    }

    private func table(_ run: any RunControl) throws -> TableFile {
        let classes = run.data.classNames
        let width = predictions.first.map { $0.indices.isEmpty ? 0 : $0.outputs.elementCount / $0.indices.count } ?? 0
        let hasClasses = !classes.isEmpty && classes.count == width
        var table = TableFile(
            ["index", "target"] + (hasClasses ? ["prediction"] : []) + (0..<width).map { "output_\($0)" })
        for prediction in predictions {
            let outputs = try prediction.outputs.converted(to: .float64).array(of: Double.self)
            let targets = try prediction.targets.converted(to: .float64).array(of: Double.self)
            let count = prediction.indices.count
            for (row, index) in prediction.indices.enumerated() {
                let own = outputs[row * width..<(row + 1) * width]
                let target = targets.count == count ? SampleLabel.text(targets[row], classes) : ""
                var cells = ["\(index)", target]
                if hasClasses { cells.append(classes[SampleLabel.largest(own)]) }
                // Nine digits bring back every bit of the float32 that most outputs are.
                table.add(cells + own.map { prediction.outputs.dtype == .float64 ? "\($0)" : "\(Float($0))" })
            }
        }
        return table
    }

    static let component = Component<any Callback>(
        "PredictionWriter", "Writes the outputs of a prediction to the run folder.",
        Field("format", default: PredictionFormat.csv, "How it writes."),
        Field("perBatch", default: false, "Whether every batch has a file of its own.")
    ) { format, perBatch in PredictionWriter(format: format, perBatch: perBatch) }
}

/// What a sample's numbers mean in words.
enum SampleLabel {
    /// A class by its name where it has one, any other number as it is.
    static func text(_ value: Double, _ classes: [String]) -> String {
        guard let number = Int(exactly: value) else { return "\(Float(value))" }
        return classes.indices.contains(number) ? classes[number] : "\(number)"
    }

    /// The place of the largest output; the first of equal ones.
    static func largest(_ outputs: ArraySlice<Double>) -> Int {
        outputs.indices.reduce(outputs.startIndex) { outputs[$1] > outputs[$0] ? $1 : $0 } - outputs.startIndex
    }
}
