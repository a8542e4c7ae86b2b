// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingNN

/// An event file in the run folder, which `tensorboard --logdir runs` shows.
///
/// It has the figures of each epoch, the learning rate, histograms of the weights, the pictures that appear in the
/// folder's `samples`, the recipe as text, hyperparameters, and the model's graph. When a run is resumed, the file is
/// cut off where the run goes on.
public final class TensorBoardLogger: Logger {
    private let histogramEpochs: Int
    private let clock: () -> Double
    private var knownPictures: Set<String> = []

    /// A logger.
    /// - Parameter histogramEpochs: Epochs from one histogram of the weights to the next; 0 for none.
    public convenience init(histogramEpochs: Int = 1) {
        self.init(histogramEpochs: histogramEpochs, clock: wallTime)
    }

    /// - Parameter clock: Seconds since 1970.
    init(histogramEpochs: Int, clock: @escaping () -> Double) {
        self.histogramEpochs = histogramEpochs
        self.clock = clock
    }

    /// Opens the file, or cuts off what a run that goes on from here will write again.
    public func started(_ run: any RunControl) throws {
        let progress = run.progress
        let isResumed = try file(run).keep { place in
            // In an epoch that is not over, what was logged at the last step after it will be logged again.
            let isOpen = progress.batch > 0 && place.step == progress.step && !place.isStep && place.step > 0
            return !place.isEnd && place.step <= progress.step && place.epoch.map { $0 <= progress.epoch } ?? !isOpen
        }
        guard !isResumed else {
            knownPictures = Set(try pictures(run))
            return
        }
        let event = TensorBoardEvent(time: clock(), step: progress.step)
        let facts = try RunFacts(run)
        var entries: [TensorBoardEvent.Entry] = [
            .sessionStart(group: facts.name, facts.hyperparameters)
        ]
        if let recipe = facts.recipe { entries.append(.text("recipe", "```yaml\n\(recipe)\n```")) }
        try file(run).append([
            TensorBoardEvent.opening(time: clock()), event.graph(GraphNode.nodes(of: run.module.checkpointRoot)),
            event.summary(entries),
        ])
    }

    /// Adds an epoch's event.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        let event = TensorBoardEvent(time: clock(), step: epoch.step)
        var entries: [TensorBoardEvent.Entry] = [
            .scalar(TensorBoardEvent.epochTag, Double(epoch.epoch + 1)), .scalar("seconds", epoch.seconds),
        ]
        let figures = MetricValues([("learning_rate", epoch.learningRate)]).merging(epoch.metrics)
        entries += figures.map { .scalar($0.name, $0.value) }
        if histogramEpochs > 0, (epoch.epoch + 1) % histogramEpochs == 0 { entries += try histograms(run.module) }
        for path in try pictures(run) where knownPictures.insert(path).inserted {
            guard let bytes = try readBytes(path), let size = PNGHeader.size(bytes) else { continue }  // No picture.
            entries.append(.image(tag(of: path), width: size.width, height: size.height, bytes))
        }
        try file(run).append([event.summary(entries)])
    }

    /// Adds a step's event: its figures are under `step/`, apart from the epochs' means.
    public func log(_ step: StepFigures, _ run: any RunControl) throws {
        let event = TensorBoardEvent(time: clock(), step: step.step)
        let figures = MetricValues([("learning_rate", step.learningRate)]).merging(step.metrics)
        try file(run).append([
            event.summary(figures.map { .scalar(TensorBoardEvent.stepPrefix + $0.name, $0.value) })
        ])
    }

    /// Adds a text, a histogram, or a table as text.
    public func log(_ attachment: Attachment, _ run: any RunControl) throws {
        let entry: TensorBoardEvent.Entry
        switch attachment.content {
        case .text(let text): entry = .text(attachment.name, text)
        case .distribution(let values):
            guard let histogram = Histogram(of: values) else { return }  // Nothing finite has no distribution.
            entry = .histogram(attachment.name, histogram)
        case .table(let rows, let columns, let values):
            entry = .text(attachment.name, MarkdownTable.text(rows: rows, columns: columns, values: values))
        // Pictures come from the folder's samples.
        case .picture: return
        }
        try file(run).append([TensorBoardEvent(time: clock(), step: run.progress.step).summary([entry])])
    }

    /// Says that the run is over.
    public func finished(_ outcome: RunOutcome, _ run: any RunControl) throws {
        let event = TensorBoardEvent(time: clock(), step: run.progress.step)
        let isSuccess = if case .ended = outcome { true } else { false }
        try file(run).append([event.summary([.sessionEnd(isSuccess: isSuccess)])])
    }

    private func histograms(_ module: any Module) throws -> [TensorBoardEvent.Entry] {
        try module.namedParameters.compactMap { name, parameter in
            let values = try parameter.value.array(of: Float.self)
            return Histogram(of: values).map { .histogram("weights/\(name)", $0) }
        }
    }

    private func pictures(_ run: any RunControl) throws -> [String] {
        let folder = "\(try run.directory())/samples"
        return namesInFolder(folder).filter { $0.hasSuffix(".png") }.map { "\(folder)/\($0)" }
    }

    /// `samples/epoch-3` for `…/samples/epoch-3.png`.
    private func tag(of path: String) -> String {
        "samples/" + (path.split(separator: "/").last.map { $0.dropLast(4) } ?? "")
    }

    private func file(_ run: any RunControl) throws -> EventFile {
        // A reader knows an event file by the word tfevents in its name.
        EventFile(path: "\(try run.directory())/events.out.tfevents.kindling")
    }

    static let component = Component<any Logger>(
        "TensorBoard", "An event file in the run folder, for TensorBoard.",
        Field(
            "histogramEpochs", default: 1, in: .nonNegative, unit: "epochs",
            "From one histogram of the weights to the next; 0 for none.")
    ) { histogramEpochs in TensorBoardLogger(histogramEpochs: histogramEpochs) }
}
