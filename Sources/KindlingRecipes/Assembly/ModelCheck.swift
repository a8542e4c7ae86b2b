// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingNN
internal import KindlingTraining

/// Holds a model against the shapes of the data and of the loss, on the device `meta`: nothing is read or computed.
struct ModelCheck {
    /// Samples that go through together: two, so that an axis of samples is not taken for one of size 1.
    private static let sampleCount = 2
    private let experiment: Experiment
    private let recipe: Recipe
    private let reader: RecipeReader

    init(_ experiment: Experiment, _ recipe: Recipe, _ reader: RecipeReader) {
        self.experiment = experiment
        self.recipe = recipe
        self.reader = reader
    }

    /// What the model consists of; nil where the data tell the shape of a sample only when they are read.
    func run() throws(RecipeError) -> ModuleSummary? {
        let info = experiment.data.info
        guard info.unknownShape == nil else { return nil }
        let model = experiment.module.model
        let trace = ForwardTrace()
        do {
            let outputs = try pass(trace) {
                model(.zeros(batch(of: info.inputShape), dtype: info.inputDType, on: .meta))
            }
            try holdAgainstLoss(outputs, info)
            return try model.summary(inputShape: info.inputShape.inserting(1, at: 0), dtype: info.inputDType)
        } catch let error as RecipeError { throw error } catch {
            throw refusal(error, trace, info)
        }
    }

    private func batch(of sample: Shape) -> Shape { sample.inserting(ModelCheck.sampleCount, at: 0) }

    private func pass(_ trace: ForwardTrace, _ body: () -> Tensor) throws -> Tensor {
        try withTensorErrors {
            try withDevice(.meta) {
                try noGrad {
                    try ForwardContext.run(
                        .evaluation, random: RandomStream(seed: 0), observer: { trace.note($0, $1) }, body)
                }
            }
        }
    }

    // What the model gives, and whether the loss can compare it with the targets.
    private func holdAgainstLoss(_ outputs: Tensor, _ info: DataInfo) throws {
        guard let targetShape = info.targetShape else { return }
        let targets = batch(of: targetShape)
        do {
            _ = try pass(ForwardTrace()) {
                experiment.loss(outputs, .zeros(targets, dtype: info.targetDType, on: .meta))
            }
        } catch let error as TensorError where ModelCheck.isAboutShapes(error) {
            let given = "the model gives \(text(outputs.shape)), the data's targets are \(text(targets))"
            let origin = recipe.root["loss"]?.origin ?? recipe.root.origin
            throw mistake(at: origin, "this loss cannot compare them: \(given): \(words(error))", modelNote(outputs))
        }
        let classes = info.classNames.count
        guard targetShape.rank == 0, classes > 0, outputs.shape.rank >= 2, outputs.shape[1] < classes else { return }
        let origin = recipe.root["model"]?.origin ?? recipe.root.origin
        throw mistake(
            at: origin,
            "this model tells \(outputs.shape[1]) classes apart, but \(experiment.data.name) has \(classes); "
                + "let its last layer give \(classes) numbers", modelNote(outputs))
    }

    /// Other errors come from values that there are none of on `meta`.
    private static func isAboutShapes(_ error: TensorError) -> Bool {
        [.shapeMismatch, .dtypeMismatch, .invalidAxis].contains(error.code)
    }

    /// The layer that gives the model's result, unless the recipe has only the model itself.
    private func modelNote(_ outputs: Tensor) -> [Problem.Note] {
        guard let last = experiment.module.model.namedModules.last(where: { reader.origin(of: $0.module) != nil }),
            let origin = reader.origin(of: last.module)
        else { return [] }
        return [Problem.Note(at: origin, "the last layer is \(name(last.module)): it gives \(text(outputs.shape))")]
    }

    /// The mistake of a layer: which one, what it was given, and by which other.
    private func refusal(_ error: any Error, _ trace: ForwardTrace, _ info: DataInfo) -> RecipeError {
        let model = experiment.module.model
        let failing = trace.failing.first.map { $0 as AnyObject } ?? model
        let given = trace.beforeFailure ?? batch(of: info.inputShape)
        let around = trace.failing.dropFirst().first { reader.origin(of: $0) != nil }
        let isInside = reader.origin(of: failing) == nil && around.map { ($0 as AnyObject) !== failing } ?? false
        let inside = isInside ? around.map { " in \(Swift.type(of: $0))" } ?? "" : ""
        var what = "\(name(failing))\(inside) cannot take \(text(given))"
        var notes: [Problem.Note] = []
        if let before = trace.lastChange(inputShape: batch(of: info.inputShape)) {
            what += " from \(name(before))"
            if let origin = reader.origin(of: before) {
                notes.append(Problem.Note(at: origin, "\(name(before)) gives \(text(given))"))
            }
        } else if let data = recipe.root["data"] {
            what += " from the data"
            notes.append(Problem.Note(at: data.origin, "the samples of \(experiment.data.name) are \(text(given))"))
        }
        if let error = error as? TensorError { what += ": \(words(error))" } else { what += ": \(error)" }
        // A layer inside one that the recipe names is shown where that one is.
        let named = trace.failing.lazy.compactMap { reader.origin(of: $0) }.first
        notes += named.map { fieldsSetElsewhere(at: $0, in: recipe.root) } ?? []
        return mistake(at: named ?? recipe.root["model"]?.origin ?? recipe.root.origin, what, notes)
    }

    /// The fields of the component at a place that arguments or profiles set, which are not seen there.
    private func fieldsSetElsewhere(at place: Origin, in value: DeclaredValue) -> [Problem.Note] {
        switch value.content {
        case .null, .scalar: return []
        case .sequence(let items): return items.flatMap { fieldsSetElsewhere(at: place, in: $0) }
        case .mapping(let entries):
            guard value.origin == place else {
                return entries.flatMap { fieldsSetElsewhere(at: place, in: $0.value) }
            }
            let others = entries.filter { $0.value.origin.source != place.source }
            return others.map { Problem.Note(at: $0.value.origin, "'\($0.key)' is set here") }
        }
    }

    private func mistake(at origin: Origin, _ what: String, _ notes: [Problem.Note]) -> RecipeError {
        RecipeError(problems: [Problem(at: origin, what, notes: notes)], sources: recipe.sources)
    }

    /// An error without its place in Swift, which is none that a recipe's writer could change.
    private func words(_ error: TensorError) -> String {
        let remedy = error.remedy.isEmpty ? "" : "; \(error.remedy)"
        return "\(error.operation): \(error.what)\(remedy)"
    }

    /// A layer by its type and its place in the model: `Linear (layers.2)`.
    private func name(_ layer: AnyObject) -> String {
        let type = String(describing: Swift.type(of: layer))
        guard let path = experiment.module.model.namedModules.first(where: { $0.module === layer })?.name,
            !path.isEmpty
        else { return type }
        return "\(type) '\(path)'"
    }

    private func text(_ shape: Shape) -> String {
        guard shape.rank > 0, shape[0] == ModelCheck.sampleCount else { return "\(shape)" }
        return "[\((["N"] + shape.dimensions.dropFirst().map(String.init)).joined(separator: ", "))]"
    }
}

/// What came out of which module, up to the first failure.
private final class ForwardTrace {
    private var results: [(module: AnyObject, shape: Shape)] = []
    /// The modules that failed, the innermost first.
    private(set) var failing: [any ForwardScope] = []

    func note(_ scope: any ForwardScope, _ output: Tensor) {
        if output.isPlaceholder {
            // Those after the first that failed are given a placeholder: only those around it failed with it.
            let isAround = failing.last.map { scope.path(to: $0) != nil } ?? true
            if isAround { failing.append(scope) }
        } else if failing.isEmpty {
            results.append((scope, output.shape))
        }
    }

    /// The shape that the failing module was given, as far as what came before tells.
    var beforeFailure: Shape? { results.last?.shape }

    /// The module that the shape before the failure comes from: those after it left it as it is.
    func lastChange(inputShape: Shape) -> AnyObject? {
        guard let given = results.last?.shape else { return nil }
        var index = results.count - 1
        while index > 0, results[index - 1].shape == given { index -= 1 }
        return index == 0 && inputShape == given ? nil : results[index].module
    }
}
