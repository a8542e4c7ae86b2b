// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine
internal import KindlingNN

/// What the share of pruned weights is a share of.
public enum PruningScope: String, FieldChoice, Sendable {
    /// All weights together: layers of small weights lose more.
    case global
    /// Every layer by itself.
    case layer
}

/// Takes the weights nearest to zero away while training goes on, and keeps them at zero.
///
/// From `startEpoch` to `endEpoch` the share of weights that are zero rises to `amount`, fast at first:
/// amount · (1 − (1 − t)³) at the share t of the way (Zhu and Gupta 2017). Weights are chosen at the end of each of these
/// epochs, and are zero after every step; masks are in checkpoints. Logs the share as `sparsity`.
///
///     Pruning(amount: 0.8, endEpoch: 10)
public final class Pruning: Callback {
    private struct State: Codable {
        var names: [String]
    }

    private let amount: Double
    private let scope: PruningScope
    private let pattern: String
    private let startEpoch: Int
    private let endEpoch: Int
    private var weights: [(name: String, parameter: Parameter)] = []
    /// By name, in the parameter's type and place.
    private var masks: [String: Tensor] = [:]

    /// A plan.
    /// - Parameters:
    ///   - amount: The share of weights that are zero in the end, 0 ... 1.
    ///   - scope: What that is a share of.
    ///   - pattern: The names of the parameters, in the model that checkpoints hold; of those, the ones of two axes or
    ///     more are pruned.
    ///   - startEpoch: The first epoch, from 0, at whose end weights go.
    ///   - endEpoch: The epoch at whose end `amount` is reached; the first one when nil.
    public init(
        amount: Double = 0.5, scope: PruningScope = .global, pattern: String = "**", startEpoch: Int = 0,
        endEpoch: Int? = nil
    ) {
        self.amount = min(1, max(0, amount))
        self.scope = scope
        self.pattern = pattern
        self.startEpoch = max(0, startEpoch)
        self.endEpoch = max(max(0, startEpoch), endEpoch ?? startEpoch)
    }

    /// First, so that whoever looks at weights after a step sees the pruned ones.
    public var band: CallbackBand { .guarding }

    /// The share of the chosen weights that is zero by the masks.
    public var sparsity: Double {
        get throws {
            let all = weights.reduce(0) { $0 + $1.parameter.elementCount }
            let kept = try masks.values.reduce(0.0) { try $0 + $1.converted(to: .float64).sum().item() }
            let masked = masks.values.reduce(0) { $0 + $1.elementCount }
            return all > 0 ? (Double(masked) - kept) / Double(all) : 0
        }
    }

    /// Finds the weights.
    /// - Throws: `TensorError` when no parameter has such a name.
    public func runStarted(_ run: any RunControl) async throws {
        masks = [:]
        weights = try run.module.checkpointRoot.namedParameters(matching: NamePattern(pattern))
            .filter { $0.parameter.shape.rank >= 2 }
    }

    /// Zeroes what is pruned.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws { try apply() }

    /// Chooses what to prune after the last batch of an epoch, so that validation sees it.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        let epoch = run.progress.epoch
        guard batch.batchIndex + 1 == batch.batchCount, epoch >= startEpoch else { return }  // Not yet.
        if epoch <= endEpoch {
            let way = Double(epoch - startEpoch + 1) / Double(endEpoch - startEpoch + 1)
            try choose(amount * (1 - (1 - way) * (1 - way) * (1 - way)))
            try apply()
        }
        run.log("sparsity", try sparsity, on: .epoch)
    }

    private func choose(_ share: Double) throws {
        let values = try weights.map { try $0.parameter.value.detached().converted(to: .float32).array(of: Float.self) }
        let chosen =
            scope == .global
            ? PruningMasks.masks(of: values, amount: share)
            : values.flatMap { PruningMasks.masks(of: [$0], amount: share) }
        for (entry, mask) in zip(weights, chosen) {
            masks[entry.name] = try placed(Tensor(mask, shape: entry.parameter.shape), like: entry.parameter)
        }
    }

    private func apply() throws {
        try withTensorErrors {
            noGrad {
                for (name, parameter) in weights {
                    if let mask = masks[name] { parameter.value = parameter.value.detached() * mask }
                }
            }
        }
    }

    private func placed(_ mask: Tensor, like parameter: Parameter) throws -> Tensor {
        let value = parameter.value
        return try withTensorErrors { try mask.copied(to: value.device).converted(to: value.dtype) }
    }

    /// The names of what has a mask.
    public func saveState() throws -> String? { masks.isEmpty ? nil : try text(of: State(names: masks.keys.sorted())) }

    /// The masks, in bytes.
    public func saveTensors() throws -> [(name: String, value: Tensor)] {
        try withTensorErrors {
            masks.keys.sorted().compactMap { name in masks[name].map { (name, $0.converted(to: .uint8)) } }
        }
    }

    /// Takes the masks.
    public func restoreTensors(_ tensor: (String) throws -> Tensor?) throws {
        masks = [:]
        for (name, parameter) in weights {
            guard let mask = try tensor(name) else { continue }  // Not pruned yet.
            guard mask.shape == parameter.shape else {
                throw TrainingError(
                    .badCheckpoint, "the mask of '\(name)' has the shape \(mask.shape), not \(parameter.shape)",
                    remedy: "resume with the model that the checkpoint was written with")
            }
            masks[name] = try placed(mask, like: parameter)
        }
    }

    /// Checks that every mask was there.
    public func restoreState(_ state: String) throws {
        let missing = try self.state(State.self, from: state).names.filter { masks[$0] == nil }
        guard missing.isEmpty else {
            throw TrainingError(
                .badCheckpoint, "the masks of \(missing.prefix(3).joined(separator: ", ")) are missing",
                remedy: "resume with the model and the callbacks that the checkpoint was written with")
        }
    }

    static let component = Component<any Callback>(
        "Pruning", "Takes the weights nearest to zero away while training goes on.",
        Field("amount", default: 0.5, in: .fraction, "The share of weights that are zero in the end."),
        Field("scope", default: PruningScope.global, "What that is a share of."),
        Field("pattern", default: "**", "The names of the parameters."),
        Field("startEpoch", default: 0, in: .nonNegative, "The first epoch, from 0, at whose end weights go."),
        Field<Int?>("endEpoch", default: nil, in: .nonNegative, "The epoch at whose end the amount is reached.")
    ) {
        Pruning(amount: $0, scope: $1, pattern: $2, startEpoch: $3, endEpoch: $4)
    }
}
