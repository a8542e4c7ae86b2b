// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
internal import KindlingDeclarations
internal import KindlingEngine
internal import KindlingNN

/// Prints the model before training: every module with the shape of its result and its parameters.
public final class ModelSummary: Callback {
    private let console: Console

    /// A summary.
    public init(console: Console = .standard) { self.console = console }

    /// Prints.
    public func fitStarted(_ run: any RunControl) async throws {
        console.print(ModelSummary.text(run.module, data: run.data))
    }

    static func text(_ module: any TrainingModule, data: DataInfo) -> String {
        let shapes = outputShapes(module, data)
        var table = Table(["Layer", "Type", "Output", "Parameters"], right: [3])
        for (name, inner) in module.namedModules {
            let own = inner.members.reduce(0) { count, member in
                if case .parameter(let parameter) = member.content { count + parameter.elementCount } else { count }
            }
            let isLeaf = !inner.members.contains { if case .module = $0.content { true } else { false } }
            guard isLeaf || own > 0 else { continue }  // What only holds others has nothing of its own to show.
            table.add(
                name, String(describing: type(of: inner)), shapes[ObjectIdentifier(inner)].map(text) ?? "",
                own == 0 ? "" : grouped(own))
        }
        let parameters = module.parameters
        let total = parameters.reduce(0) { $0 + $1.elementCount }
        let learned = parameters.filter { !$0.isFrozen }.reduce(0) { $0 + $1.elementCount }
        let bytes = parameters.reduce(0) { $0 + $1.elementCount * $1.dtype.byteCount }
        let frozen = learned == total ? "" : ", \(grouped(learned)) of them learned"
        return "\(table.text)\n\(grouped(total)) parameters\(frozen), \(size(bytes))"
    }

    /// What comes out of each module, found by a pass over shapes alone.
    private static func outputShapes(_ module: any TrainingModule, _ data: DataInfo) -> [ObjectIdentifier: Shape] {
        var shapes: [ObjectIdentifier: Shape] = [:]
        let context = StepContext(
            stage: .validation, epoch: 0, step: 0, batchIndex: 0, sampleCount: 1, metrics: MetricMeans())
        // A module whose step reads values cannot run without them: the summary then has no shapes.
        try? withTensorErrors {
            try withDevice(.meta) {
                try noGrad {
                    let batch = Batch(
                        inputs: .zeros(data.inputShape.inserting(1, at: 0), dtype: data.inputDType, on: .meta),
                        targets: .zeros([1], dtype: .int64, on: .meta), indices: [0])
                    let observer = { (scope: any ForwardScope, output: Tensor) in
                        shapes[ObjectIdentifier(scope)] = output.shape
                    }
                    try ForwardContext.run(.evaluation, random: RandomStream(seed: 0), observer: observer) {
                        _ = try module.trainingStep(batch, context)
                    }
                }
            }
        }
        return shapes
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
