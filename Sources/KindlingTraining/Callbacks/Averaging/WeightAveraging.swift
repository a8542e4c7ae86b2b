// SPDX-License-Identifier: Apache-2.0
internal import KindlingNN
internal import KindlingDeclarations
public import KindlingEngine
internal import KindlingOptim

/// Keeps an exponential moving average of the weights, and validates with it.
///
/// average ← average + (1 − decay) · (weight − average) after every step (Polyak and Juditsky 1992). The model has the
/// averages during validation, and its own weights again afterwards. Checkpoints hold the weights, and the averages
/// beside them, so that training goes on from both. When the fit ends by its limit or is stopped, the model keeps the
/// averages, and `checkpoints/average.h5` has them as its weights. Running statistics of normalizations are not averaged.
///
///     WeightAveraging(decay: 0.999)
public final class WeightAveraging: Callback {
    private struct State: Codable {
        var count: Int
    }

    private let decay: Double
    private let warmUp: Bool
    private let everySteps: Int
    private let startStep: Int
    private let startEpoch: Int
    private let keepsAverage: Bool
    private var average: WeightAverage?
    private var restored: [String: Tensor] = [:]

    /// An average.
    /// - Parameters:
    ///   - decay: How much of the average stays at each update, 0 ... 1.
    ///   - warmUp: Whether early updates count more: the decay is at most (1 + n) / (10 + n) after n updates.
    ///   - everySteps: After how many steps it is updated.
    ///   - startStep: Steps before the first update.
    ///   - startEpoch: Epochs before the first update.
    ///   - keepsAverage: Whether the model has the averages in the end.
    public init(
        decay: Double = 0.999, warmUp: Bool = false, everySteps: Int = 1, startStep: Int = 0, startEpoch: Int = 0,
        keepsAverage: Bool = true
    ) {
        self.decay = decay
        self.warmUp = warmUp
        self.everySteps = max(1, everySteps)
        self.startStep = startStep
        self.startEpoch = startEpoch
        self.keepsAverage = keepsAverage
    }

    /// Begins with nothing averaged.
    public func runStarted(_ run: any RunControl) async throws {
        average = try WeightAverage(
            of: run.module.namedParameters, .exponential(decay: decay, warmUp: warmUp))
    }

    /// Takes note of the weights.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {
        guard step.step > startStep, run.progress.epoch >= startEpoch, step.step % everySteps == 0 else { return }
        try average?.update()
    }

    /// Gives the model the averages.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {
        if let average, average.count > 0, !average.isSwappedIn { try average.swapIn() }
    }

    /// Gives the model its weights back.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws { try giveBack() }

    /// Gives the model its weights back, when it failed while it had the averages.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws { try giveBack() }

    /// Leaves the model with the averages.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        // The first thing: a validation that a signal ended left the averages in their place.
        try giveBack()
        if case .interrupted = result.ending { return }  // The run is to go on, from its weights.
        guard keepsAverage, let average, average.count > 0 else { return }
        try average.swapIn()
        try makeFolders("\(run.directory())/checkpoints")
        try await run.saveCheckpoint(to: "\(run.directory())/checkpoints/average.h5")
    }

    private func giveBack() throws {
        if let average, average.isSwappedIn { try average.swapOut() }
    }

    /// How many updates there were.
    public func saveState() throws -> String? { try average.map { try text(of: State(count: $0.count)) } }

    /// The averages.
    public func saveTensors() throws -> [(name: String, value: Tensor)] {
        average.map { $0.count > 0 ? $0.state : [] } ?? []
    }

    /// Takes the averages.
    public func restoreTensors(_ tensor: (String) throws -> Tensor?) throws {
        for (name, _) in average?.state ?? [] { restored[name] = try tensor(name) }
    }

    /// Takes up where the average stopped.
    public func restoreState(_ state: String) throws {
        let count = try self.state(State.self, from: state).count
        defer { restored = [:] }
        guard count > 0 else { return }  // Nothing was averaged yet.
        try average?.restore(count: count) { restored[$0] }
    }

    static let component = Component<any Callback>(
        "WeightAveraging", "Keeps a moving average of the weights, and validates with it.",
        Field("decay", default: 0.999, in: .fraction, "How much of the average stays at each update."),
        Field("warmUp", default: false, "Whether early updates count more."),
        Field("everySteps", default: 1, in: .atLeast(1), unit: "steps", "After how many steps it is updated."),
        Field("startStep", default: 0, in: .nonNegative, unit: "steps", "Steps before the first update."),
        Field("startEpoch", default: 0, in: .nonNegative, unit: "epochs", "Epochs before the first update."),
        Field("keepsAverage", default: true, "Whether the model has the averages in the end.")
    ) {
        WeightAveraging(
            decay: $0, warmUp: $1, everySteps: $2, startStep: $3, startEpoch: $4, keepsAverage: $5)
    }
}
