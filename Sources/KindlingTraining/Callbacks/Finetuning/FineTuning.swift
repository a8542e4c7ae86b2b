// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingOptim

/// Fine-tunes a trained model in two one-cycle phases, as fast.ai's `fine_tune`: the head alone, then everything.
///
/// For `frozenEpochs` the backbone stays as it is, and the learning rate goes through one cycle up to the optimizer's.
/// For the rest of the run everything learns in a second cycle up to half of that, with rates that rise from the
/// model's first part, which has the `spread`th of it, to its last. The optimizer's own schedule does not count.
///
///     Trainer(limit: .epochs(6), callbacks: [FineTuning(backbone: "features", frozenEpochs: 1)])
public final class FineTuning: Callback {
    private let pattern: String
    private let frozenEpochs: Int
    private let spread: Double
    private let learnsNorms: Bool
    private var backbone: Backbone?
    private let frozenCycle = OneCycleSchedule(warmupShare: 0.99, startDivisor: 25, endDivisor: 1e5 / 25)
    private let cycle = OneCycleSchedule(warmupShare: 0.3, startDivisor: 5, endDivisor: 1e5 / 5)

    /// A plan for a backbone.
    /// - Parameters:
    ///   - backbone: Its path in the model, `features`, or a pattern: `layers.?`.
    ///   - frozenEpochs: Epochs of the head alone.
    ///   - spread: How much smaller the first part's rate is than the last one's.
    ///   - learnsNorms: Whether batch normalizations in the backbone learn from the beginning on.
    public init(backbone: String, frozenEpochs: Int = 1, spread: Double = 100, learnsNorms: Bool = true) {
        pattern = backbone
        self.frozenEpochs = max(0, frozenEpochs)
        self.spread = max(1, spread)
        self.learnsNorms = learnsNorms
    }

    /// Among those who decide.
    public var band: CallbackBand { .deciding }

    /// Finds the backbone, and does what the epoch that is begun or gone on with asks for.
    /// - Throws: `TensorError` when the model has no such part, naming those that it has.
    public func fitStarted(_ run: any RunControl) async throws {
        backbone = try Backbone(pattern, of: run.module, keepsNorms: learnsNorms)
        try set(run)
    }

    /// Does what the epoch asks for.
    public func epochStarted(_ run: any RunControl) async throws { try set(run) }

    private func set(_ run: any RunControl) throws {
        setRate(of: run.progress.step, run)
        let isFrozen = run.progress.epoch < frozenEpochs
        backbone?.setFrozen(isFrozen)
        guard !isFrozen else { return }  // The head has the whole rate.
        let root = run.module.checkpointRoot
        for (name, factor) in DiscriminativeRates.factors(of: root, lowest: 1 / spread) {
            try Backbone(name, of: run.module, keepsNorms: false).setFactor(factor, run.optimizers)
        }
    }

    /// Sets the learning rate of the next step.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws { setRate(of: step.step, run) }

    private func setRate(of step: Int, _ run: any RunControl) {
        guard let rate = run.optimizers.first?.rule.learningRate else { return }  // Nothing learns.
        let frozenSteps = min(frozenEpochs * run.stepsPerEpoch, run.totalSteps)
        if run.progress.epoch < frozenEpochs {
            run.fixedLearningRate = rate * frozenCycle.factor(step: step, epoch: 0, totalSteps: frozenSteps)
        } else {
            let (taken, total) = (step - frozenSteps, run.totalSteps - frozenSteps)
            run.fixedLearningRate = rate / 2 * cycle.factor(step: taken, epoch: 0, totalSteps: total)
        }
    }

    static let component = Component<any Callback>(
        "FineTuning", "Fine-tunes a trained model in two one-cycle phases: the head alone, then everything.",
        Field<String>(required: "backbone", "Its path in the model, or a pattern of names."),
        Field("frozenEpochs", default: 1, in: .nonNegative, unit: "epochs", "Epochs of the head alone."),
        Field("spread", default: 100.0, in: .atLeast(1), "How much smaller the first part's rate is than the last's."),
        Field("learnsNorms", default: true, "Whether its batch normalizations learn from the beginning on.")
    ) {
        FineTuning(backbone: $0, frozenEpochs: $1, spread: $2, learnsNorms: $3)
    }
}
