// SPDX-License-Identifier: Apache-2.0
internal import KindlingNN
internal import Glibc
public import KindlingDeclarations
public import KindlingEngine
internal import KindlingOptim

/// Averages the weights that late epochs end with, which lie around a wide minimum (Izmailov and others 2018).
///
/// From `start` on the learning rate goes to `learningRate` over `annealingEpochs`, and stays there; the weights at the
/// end of each of these epochs are averaged, each counting alike. When the fit ends by its limit or is stopped, the
/// model gets the averages, running statistics of batch normalizations are estimated anew by a pass over the training
/// split, and `checkpoints/average.h5` is written.
///
///     StochasticWeightAveraging(learningRate: 0.05, start: 0.75)
public final class StochasticWeightAveraging: Callback {
    /// The way from one learning rate to the other.
    public enum Anneal: String, FieldChoice, Sendable {
        /// Half a cosine.
        case cosine
        /// A line.
        case linear
    }

    private struct State: Codable {
        var count: Int
        var firstRate: Double?
    }

    private let learningRate: Double
    private let start: Double
    private let startEpoch: Int?
    private let annealingEpochs: Int
    private let anneal: Anneal
    private let estimatesStatistics: Bool
    private var firstEpoch = 0
    /// The rate that annealing began with; nil before it.
    private var firstRate: Double?
    private var average: WeightAverage?
    private var restored: [String: Tensor] = [:]

    /// An average of late weights.
    /// - Parameters:
    ///   - learningRate: The rate in the end; rather high, so that weights move around the minimum.
    ///   - start: The share of the run's epochs before the first one that counts.
    ///   - startEpoch: That number of epochs itself; for runs whose limit says nothing about epochs.
    ///   - annealingEpochs: Epochs that the learning rate takes to get there.
    ///   - anneal: The way there.
    ///   - estimatesStatistics: Whether statistics of batch normalizations are estimated anew.
    public init(
        learningRate: Double, start: Double = 0.8, startEpoch: Int? = nil, annealingEpochs: Int = 10,
        anneal: Anneal = .cosine, estimatesStatistics: Bool = true
    ) {
        self.learningRate = learningRate
        self.start = min(1, max(0, start))
        self.startEpoch = startEpoch
        self.annealingEpochs = max(0, annealingEpochs)
        self.anneal = anneal
        self.estimatesStatistics = estimatesStatistics
    }

    /// Begins with nothing averaged.
    public func runStarted(_ run: any RunControl) async throws {
        average = try WeightAverage(of: run.module.namedParameters, .mean)
        firstRate = nil
    }

    /// Finds out which epoch is the first.
    /// - Throws: when the limit says nothing about epochs, and `startEpoch` is nil.
    public func fitStarted(_ run: any RunControl) async throws {
        if let startEpoch {
            firstEpoch = startEpoch
        } else if let epochs = run.totalEpochs {
            firstEpoch = Int(start * Double(epochs))
        } else {
            throw TrainingError(
                .badOption,
                "StochasticWeightAveraging cannot tell how many epochs there are with the limit \(run.limit)",
                remedy: "give it startEpoch, or limit the run in epochs or steps")
        }
    }

    /// Sets the learning rate of the epoch.
    public func epochStarted(_ run: any RunControl) async throws {
        guard run.progress.epoch >= firstEpoch else { return }  // Schedules still decide.
        let from = firstRate ?? run.learningRate
        firstRate = from
        let way =
            annealingEpochs > 0 ? min(1, Double(run.progress.epoch - firstEpoch) / Double(annealingEpochs)) : 1
        let share = anneal == .linear ? way : (1 - cos(.pi * way)) / 2
        // The run multiplies it with its factor once more.
        let factor = run.learningRateFactor > 0 ? run.learningRateFactor : 1
        run.fixedLearningRate = (learningRate * share + from * (1 - share)) / factor
    }

    /// Takes note of the epoch's last weights.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        if epoch.epoch >= firstEpoch { try average?.update() }
    }

    /// Leaves the model with the averages.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {
        if case .interrupted = result.ending { return }  // The run is to go on.
        guard let average, average.count > 0 else { return }  // It ended before there was anything to average.
        try average.swapIn()
        if estimatesStatistics { try BatchNormReestimation.run(run) }
        let folder = "\(try run.directory())/checkpoints"
        try makeFolders(folder)
        try await run.saveCheckpoint(to: "\(folder)/average.h5")
    }

    /// How many epochs were averaged, and where the learning rate came from.
    public func saveState() throws -> String? {
        try average.map { try text(of: State(count: $0.count, firstRate: firstRate)) }
    }

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
        let state = try self.state(State.self, from: state)
        firstRate = state.firstRate
        defer { restored = [:] }
        guard state.count > 0 else { return }  // Nothing was averaged yet.
        try average?.restore(count: state.count) { restored[$0] }
    }

    static let component = Component<any Callback>(
        "StochasticWeightAveraging", "Averages the weights that late epochs end with.",
        Field<Double>(required: "learningRate", in: .positive, "The rate in the end."),
        Field("start", default: 0.8, in: .fraction, "The share of epochs before the first one that counts."),
        Field<Int?>("startEpoch", default: nil, in: .nonNegative, unit: "epochs", "That number of epochs itself."),
        Field(
            "annealingEpochs", default: 10, in: .nonNegative, unit: "epochs", "Epochs that the rate takes to get there."
        ),
        Field("anneal", default: Anneal.cosine, "The way there."),
        Field("estimatesStatistics", default: true, "Whether statistics of batch normalizations are estimated anew.")
    ) {
        StochasticWeightAveraging(
            learningRate: $0, start: $1, startEpoch: $2, annealingEpochs: $3, anneal: $4, estimatesStatistics: $5)
    }
}
