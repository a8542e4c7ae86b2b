// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations

/// Learns a model's new head first, and its backbone later and more slowly.
///
/// Until `unfreezeEpoch` the backbone stays as it is. From then on it learns at `firstFactor` times the learning rate,
/// which grows by `growth` with every epoch, up to the learning rate itself. Batch normalizations in the backbone learn
/// from the beginning on unless `learnsNorms` is false; their running statistics follow the data in any case.
///
///     BackboneFinetuning("features", unfreezeEpoch: 5)
public final class BackboneFinetuning: Callback {
    private let pattern: String
    private let unfreezeEpoch: Int
    private let firstFactor: Double
    private let growth: Double
    private let largestFactor: Double
    private let learnsNorms: Bool
    private var backbone: Backbone?

    /// A plan for a backbone.
    /// - Parameters:
    ///   - backbone: Its path in the model, `features`, or a pattern: `layers.?`.
    ///   - unfreezeEpoch: The first epoch, from 0, in which it is learned.
    ///   - firstFactor: What its rate is multiplied with then.
    ///   - growth: What that factor is multiplied with every epoch after.
    ///   - largestFactor: Where the factor stops to grow; 1 is the learning rate itself.
    ///   - learnsNorms: Whether its batch normalizations learn from the beginning on.
    public init(
        _ backbone: String, unfreezeEpoch: Int = 10, firstFactor: Double = 0.1, growth: Double = 2,
        largestFactor: Double = 1, learnsNorms: Bool = true
    ) {
        pattern = backbone
        self.unfreezeEpoch = max(0, unfreezeEpoch)
        self.firstFactor = firstFactor
        self.growth = growth
        self.largestFactor = largestFactor
        self.learnsNorms = learnsNorms
    }

    /// Among those who decide.
    public var band: CallbackBand { .deciding }

    /// Finds the backbone, and does what the epoch that is begun or gone on with asks for.
    /// - Throws: `TensorError` when the model has no such part, naming those that it has.
    public func fitStarted(_ run: any RunControl) async throws {
        backbone = try Backbone(pattern, of: run.module, keepsNorms: learnsNorms)
        set(run)
    }

    /// Does what the epoch asks for.
    public func epochStarted(_ run: any RunControl) async throws { set(run) }

    private func set(_ run: any RunControl) {
        let epochs = run.progress.epoch - unfreezeEpoch
        backbone?.setFrozen(epochs < 0)
        if epochs >= 0 {
            backbone?.setFactor(min(largestFactor, firstFactor * pow(growth, Double(epochs))), run.optimizers)
        }
    }

    static let component = Component<any Callback>(
        "BackboneFinetuning", "Learns a model's new head first, and its backbone later and more slowly.",
        Field<String>(required: "backbone", "Its path in the model, or a pattern of names."),
        Field("unfreezeEpoch", default: 10, in: .nonNegative, "The first epoch, from 0, in which it is learned."),
        Field("firstFactor", default: 0.1, in: .nonNegative, "What its rate is multiplied with then."),
        Field("growth", default: 2.0, in: .nonNegative, "What that is multiplied with every epoch after."),
        Field("largestFactor", default: 1.0, in: .nonNegative, "Where the factor stops to grow."),
        Field("learnsNorms", default: true, "Whether its batch normalizations learn from the beginning on.")
    ) {
        BackboneFinetuning(
            $0, unfreezeEpoch: $1, firstFactor: $2, growth: $3, largestFactor: $4, learnsNorms: $5)
    }
}
