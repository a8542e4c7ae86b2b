// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingIO

/// Keeps pictures of the validation split with what the model takes them for: `samples/epoch-3.png` and `.csv`.
///
/// The first pictures of the split, or the first that are taken for something else, side by side; a green frame says
/// that the class is right, a red one that it is not, a grey one that there are no classes. The table beside it names
/// them in order. Loggers get the picture as `samples`. For inputs `[N, 1 or 3, height, width]`; the module has to show its
/// outputs, as supervised ones do, for classes to be told.
///
///     SamplePictures(count: 32, onlyWrong: true)
public final class SamplePictures: Callback {
    private struct Sample {
        var cell: PictureGrid.Cell
        var row: [String]
    }

    private let count: Int
    private let everyEpochs: Int
    private let onlyWrong: Bool
    private var samples: [Sample] = []
    private var size = (width: 0, height: 0)
    private var isCollecting = false

    /// A keeper of pictures.
    /// - Parameters:
    ///   - count: How many pictures.
    ///   - everyEpochs: After how many epochs.
    ///   - onlyWrong: Whether only pictures count that are taken for something else.
    public init(count: Int = 16, everyEpochs: Int = 1, onlyWrong: Bool = false) {
        self.count = max(1, count)
        self.everyEpochs = max(1, everyEpochs)
        self.onlyWrong = onlyWrong
    }

    /// Begins to collect.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        isCollecting = run.stage == .validation && (run.progress.epoch + 1) % everyEpochs == 0
        samples = []
    }

    /// Takes pictures of the batch.
    /// - Throws: when inputs are no pictures.
    public func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws {
        guard isCollecting, samples.count < count else { return }  // There are enough.
        let shape = batch.batch.inputs.shape
        guard shape.rank == 4, [1, 3].contains(shape[1]), shape.elementCount > 0 else {
            throw TrainingError(
                .badOption, "inputs of shape \(shape) are no pictures to keep samples of",
                remedy: "leave SamplePictures out, or give inputs [N, 1 or 3, height, width]")
        }
        size = (shape[3], shape[2])
        let values = try batch.batch.inputs.converted(to: .float32).array(of: Float.self)
        let targets = try batch.batch.targets.converted(to: .float64).array(of: Double.self)
        let outputs = try batch.outputs?.converted(to: .float64).array(of: Double.self) ?? []
        let classes = run.data.classNames
        let length = shape.elementCount / shape[0], width = outputs.count / shape[0]
        for (place, index) in batch.batch.indices.enumerated() where samples.count < count {
            let hasClasses = width > 1 && targets.count == shape[0]
            let target = hasClasses ? targets[place] : .nan
            let predicted = hasClasses ? SampleLabel.largest(outputs[place * width..<(place + 1) * width]) : 0
            let isRight = Double(predicted) == target
            if onlyWrong, hasClasses, isRight { continue }
            let frame: [UInt8] = !hasClasses ? [127, 127, 127] : isRight ? [44, 160, 44] : [214, 39, 40]
            samples.append(
                Sample(
                    cell: .init(
                        pixels: SamplePictures.bytes(values[place * length..<(place + 1) * length], channels: shape[1]),
                        frame: frame),
                    row: [
                        "\(index)", hasClasses ? SampleLabel.text(target, classes) : "",
                        hasClasses ? SampleLabel.text(Double(predicted), classes) : "",
                    ]))
        }
    }

    /// Writes.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        guard isCollecting, !samples.isEmpty else { return }  // None were collected.
        defer { samples = [] }
        let grid = PictureGrid(
            width: size.width, height: size.height, columns: min(8, samples.count), cells: samples.map(\.cell))
        let (pixels, width, height) = grid.picture
        let folder = "\(try run.directory())/samples"
        try makeFolders(folder)
        let name = "epoch-\(run.progress.epoch + 1)"
        let file = PNG.encoded(pixels: pixels, width: width, height: height, channels: 3)
        try AtomicFile.write(file, to: "\(folder)/\(name).png")
        var table = TableFile(["index", "target", "prediction"])
        for sample in samples { table.add(sample.row) }
        try table.write(to: "\(folder)/\(name).csv")
        run.log(
            Attachment("samples", .picture(pixels: pixels, width: width, height: height, channels: 3)))
    }

    /// A picture's numbers, channel after channel, as RGB bytes: its smallest is black, its largest white.
    static func bytes(_ values: ArraySlice<Float>, channels: Int) -> [UInt8] {
        let finite = values.lazy.filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
        let plane = values.count / channels
        return (0..<plane).flatMap { pixel in
            (0..<3).map { channel in
                let value = values[values.startIndex + (channels == 3 ? channel * plane : 0) + pixel]
                guard value.isFinite, high > low else { return UInt8(0) }
                return UInt8(((value - low) / (high - low) * 255).rounded())
            }
        }
    }

    static let component = Component<any Callback>(
        "SamplePictures", "Keeps pictures of the validation split with what the model takes them for.",
        Field("count", default: 16, in: .atLeast(1), "How many pictures."),
        Field("everyEpochs", default: 1, in: .atLeast(1), unit: "epochs", "After how many epochs."),
        Field("onlyWrong", default: false, "Whether only pictures count that are taken for something else.")
    ) { count, everyEpochs, onlyWrong in
        SamplePictures(count: count, everyEpochs: everyEpochs, onlyWrong: onlyWrong)
    }
}
