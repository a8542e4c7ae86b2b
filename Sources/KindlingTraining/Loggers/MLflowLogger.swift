// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations
internal import KindlingIO

/// A run in an MLflow file store, which `mlflow ui --backend-store-uri mlruns` shows.
///
/// The store has a folder for each experiment and in it one for each run: `meta.yaml`, a file for each metric, parameter
/// and tag. The run's artifacts are the files of its run folder. The run's id is made from that folder's path, so that a
/// resumed run goes on in the same place; lines of what is run again are dropped first.
public final class MLflowLogger: Logger {
    private let root: String
    private let experiment: String?
    private let clock: () -> Double
    private var store: MLflowRun?

    /// A logger.
    /// - Parameters:
    ///   - directory: The store's folder; made when it is not there.
    ///   - experiment: The experiment's name; the run's name when nil.
    public convenience init(directory: String = "mlruns", experiment: String? = nil) {
        self.init(directory: directory, experiment: experiment, clock: wallTime)
    }

    /// - Parameter clock: Seconds since 1970.
    init(directory: String, experiment: String?, clock: @escaping () -> Double) {
        root = directory
        self.experiment = experiment
        self.clock = clock
    }

    /// Makes the run, or takes it up.
    public func started(_ run: any RunControl) throws {
        let facts = try RunFacts(run)
        let name = experiment ?? facts.name.split(separator: "/").first.map(String.init) ?? "run"
        let store = try MLflowRun(root: root, experiment: name, facts: facts, time: milliseconds)
        try store.keep(steps: run.progress.step)
        try store.write(.running, endTime: nil)
        try store.tag("mlflow.runName", facts.name)
        try store.tag("mlflow.source.name", "kindling")
        try store.tag("mlflow.source.type", "LOCAL")
        for (name, value) in facts.hyperparameters { try store.parameter(name, value) }
        self.store = store
    }

    /// Adds a line to each metric's file.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        guard let store else { return }  // It could not be opened, which has been told.
        let figures = [("epoch", Double(epoch.epoch + 1)), ("learning_rate", epoch.learningRate)]
        for (name, value) in figures + epoch.metrics.map({ ($0.name, $0.value) }) {
            try store.metric(name, value, step: epoch.step, time: milliseconds)
        }
    }

    /// Adds a line to each metric's file, under names of their own: `step_loss`.
    public func log(_ step: StepFigures, _ run: any RunControl) throws {
        guard let store else { return }  // It could not be opened, which has been told.
        for (name, value) in [("learning_rate", step.learningRate)] + step.metrics.map({ ($0.name, $0.value) }) {
            try store.metric("step_\(name)", value, step: step.step, time: milliseconds)
        }
    }

    /// Notes how the run ended.
    public func finished(_ outcome: RunOutcome, _ run: any RunControl) throws {
        let status: MLflowRun.Status =
            switch outcome {
            case .failed: .failed
            case .ended(let result): if case .interrupted = result.ending { .killed } else { .finished }
            }
        try store?.write(status, endTime: milliseconds)
    }

    private var milliseconds: Int { Int(clock() * 1000) }

    static let component = Component<any Logger>(
        "MLflow", "A run in an MLflow file store.",
        Field("directory", default: "mlruns", "The store's folder; made when it is not there."),
        Field<String?>("experiment", default: nil, "The experiment's name; the run's name when null.")
    ) { directory, experiment in MLflowLogger(directory: directory, experiment: experiment) }
}
