// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingData
internal import KindlingEngine
internal import KindlingIO
public import KindlingNN
internal import KindlingOptim

/// A saved run, opened for reading.
///
///     let checkpoint = try Checkpoint(path: "runs/iris/…/checkpoints/best.h5")
///     try checkpoint.loadWeights(into: module.checkpointRoot)
public struct Checkpoint {
    /// The file.
    public let path: String
    /// The recipe that the run came from, or nil.
    public let recipe: String?
    /// How far the run had come.
    public var progress: Progress { state.progress }
    /// The symbols that tokens stand for, where the run learned from text; else nil.
    public var vocabulary: Vocabulary? { state.vocabulary }
    let state: CheckpointState
    private let source: CheckpointSource

    private var file: HDF5Reader { source.reader }

    /// Opens a checkpoint and checks that it is whole.
    /// - Throws: when the file is missing, damaged, or no checkpoint of Kindling's.
    public init(path: String) throws {
        self.path = path
        let file = try HDF5Reader(path: path)
        source = CheckpointSource(file)
        guard try file.contains("kindling/state") else {
            throw TrainingError(
                .badCheckpoint, "'\(path)' is an HDF5 file, but not a checkpoint of a run",
                remedy: "give a file that a run wrote under checkpoints/")
        }
        state = try CheckpointState(decoding: file.text("kindling/state"), path: path)
        recipe = try file.contains("kindling/recipe") ? file.text("kindling/recipe") : nil
    }

    /// Gives a module the weights of the file.
    ///
    /// Either all are taken or none.
    /// - Throws: naming every weight that is missing, left over, or of another shape; and when a layer is not built.
    public func loadWeights(into module: any Module) throws {
        try module.requireBuilt()
        let layout = KerasLayout(module)
        var problems: [String] = []
        var values: [(entry: KerasLayout.Entry, value: Tensor)] = []
        var expected: Set<String> = []
        for entry in layout.entries {
            guard let current = entry.weight.stored else { continue }  // Members that are modules hold no tensor.
            expected.insert(entry.path)
            guard try file.contains(entry.path) else {
                problems.append("\(entry.name) \(entry.weight.shape(ofStored: current.shape)) is not in the file")
                continue
            }
            let found = try file.description(of: entry.path)
            guard found.shape == current.shape else {
                // Both as the module has them, not as the file lays them out.
                let here = entry.weight.shape(ofStored: current.shape)
                let there = found.shape.map { "\(entry.weight.shape(ofStored: $0))" } ?? "a text"
                problems.append("\(entry.name) has the shape \(here), in the file \(there)")
                continue
            }
            if problems.isEmpty { values.append((entry, try read(entry.path).converted(to: current.dtype))) }
        }
        for found in try file.datasets() where !found.path.hasPrefix("kindling/") && !found.path.hasPrefix("optimizer/")
        {
            if !expected.contains(found.path) { problems.append("\(found.path) has no place in the model") }
        }
        guard problems.isEmpty else {
            let shown = problems.prefix(8).map { "\n  - \($0)" }.joined()
            let rest = problems.count > 8 ? "\n  - and \(problems.count - 8) more" : ""
            throw TrainingError(
                .badCheckpoint, "'\(path)' holds the weights of another model:\(shown)\(rest)",
                remedy: "use the recipe or module that it was written with")
        }
        for (entry, value) in values { entry.weight.assign(stored: value) }
    }

    /// Refuses optimizers that are not of the kinds that the checkpoint was written with.
    func check(_ optimizers: [ScheduledOptimizer]) throws {
        let now = optimizers.map { $0.name.isEmpty ? $0.optimizer.rule.name : "\($0.name): \($0.optimizer.rule.name)" }
        let then = state.optimizers.map { $0.name.isEmpty ? $0.rule : "\($0.name): \($0.rule)" }
        guard now == then else {
            func text(_ names: [String]) -> String { names.isEmpty ? "no optimizer" : names.joined(separator: ", ") }
            throw TrainingError(
                .badCheckpoint, "'\(path)' was written with \(text(then)), this run has \(text(now))",
                remedy: "resume with the optimizer of the checkpoint, or begin anew")
        }
    }

    /// Gives optimizers their states; they are those that were checked.
    func load(into optimizers: [ScheduledOptimizer]) throws {
        for (scheduled, entry) in zip(optimizers, state.optimizers) {
            try scheduled.optimizer.restore(stepCount: entry.steps) { try tensor("\(entry.folder)/\($0)") }
            scheduled.scheduleState = entry.schedule
        }
    }

    /// A tensor of the file, or nil when it is not there.
    func tensor(_ place: String) throws -> Tensor? { try file.contains(place) ? try read(place) : nil }

    /// What metrics had seen of an unfinished epoch, by the place of their entry in the state.
    func metricStates() throws -> [Int: [Double]] {
        var states: [Int: [Double]] = [:]
        for index in state.metrics.indices where try file.contains("kindling/metrics/\(index)") {
            states[index] = try read("kindling/metrics/\(index)").array(of: Double.self)
        }
        return states
    }

    private func read(_ place: String) throws -> Tensor {
        let dataset = try file.read(place)
        return try withTensorErrors {
            dataset.bytes.withUnsafeBytes { Tensor(bytes: $0, shape: dataset.shape, dtype: dataset.dtype) }
        }
    }
}

extension HDF5Description {
    /// The shape of the numbers; a text has none.
    fileprivate var shape: Shape? {
        if case .tensor(_, let shape) = content { shape } else { nil }
    }
}

/// Holds the reader by reference: whoever keeps a checkpoint need not know how large a reader is, and so need not see
/// the module that declares it.
private final class CheckpointSource: Sendable {
    let reader: HDF5Reader

    init(_ reader: HDF5Reader) { self.reader = reader }
}
