// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingOptim

/// Finds a learning rate before a fit begins: tries rising rates, a step each, and takes the one where the loss falls
/// most steeply (Smith 2017).
///
/// Weights, optimizers and counters are put back bit by bit; the run then goes on with the rate found, which schedules
/// and groups change in proportion. `learning_rate.csv` and `learning_rate.svg` in the run folder show the sweep. A
/// resumed run keeps the rate of its checkpoint.
///
///     LearningRateFinder(lowest: 1e-6, highest: 1)
public final class LearningRateFinder: Callback {
    private let lowest: Double
    private let highest: Double
    private let steps: Int
    private let spacing: LearningRateSpacing
    private let threshold: Double?
    private let setsRate: Bool
    /// The last sweep.
    public private(set) var sweep = LearningRateSweep()
    /// The rate that it suggests; nil before there was one, and when it has none to suggest.
    public private(set) var suggestion: Double?

    /// A finder.
    /// - Parameters:
    ///   - lowest: The rate to begin above.
    ///   - highest: The rate to end at.
    ///   - steps: How many rates are tried.
    ///   - spacing: How they lie between the two.
    ///   - threshold: The sweep ends when the loss is so many times the best one; never when nil.
    ///   - setsRate: Whether the run takes the rate that is found.
    public init(
        lowest: Double = 1e-8, highest: Double = 1, steps: Int = 100, spacing: LearningRateSpacing = .exponential,
        threshold: Double? = 4, setsRate: Bool = true
    ) {
        self.lowest = lowest
        self.highest = highest
        self.steps = steps
        self.spacing = spacing
        self.threshold = threshold
        self.setsRate = setsRate
    }

    /// Sweeps, and sets the rate.
    /// - Throws: `TrainingError` for an impossible range, and what steps throw.
    public func fitStarted(_ run: any RunControl) async throws {
        guard run.progress.step == 0 else { return }  // A resumed run has its rate.
        guard lowest > 0, highest > lowest, highest.isFinite, steps > 0 else {
            throw TrainingError(
                .badOption, "a sweep of \(steps) steps from \(lowest) to \(highest) cannot be",
                remedy: "let lowest be above 0, highest above it, and take at least one step")
        }
        var sweep = LearningRateSweep()
        func rate(_ step: Int) -> Double {
            LearningRateSweep.rate(step, of: steps, from: lowest, to: highest, spacing)
        }
        let (own, factor) = (run.fixedLearningRate, run.learningRateFactor)
        defer { run.fixedLearningRate = own }
        (run.fixedLearningRate, run.learningRateFactor) = (rate(0), 1)
        var taken = 0
        try await run.rehearse(steps: steps, batchSize: nil) { loss in
            let isOfUse = sweep.add(rate: rate(taken), loss: loss, threshold: threshold)
            taken += 1
            run.fixedLearningRate = rate(taken)
            return isOfUse
        }
        run.learningRateFactor = factor
        self.sweep = sweep
        suggestion = sweep.suggestion()
        try write(run)
        guard let suggestion else {
            return run.console.warn(
                "LearningRateFinder has no rate to suggest after \(sweep.rates.count) of \(steps) steps; "
                    + "the learning rate stays as it is")
        }
        run.console.print("LearningRateFinder suggests a learning rate of \(Float(suggestion))")
        // Schedules and groups keep their proportions to the first optimizer's own rate.
        if setsRate, let own = run.optimizers.first?.rule.learningRate, own > 0 {
            run.learningRateFactor = suggestion / own
        }
    }

    private func write(_ run: any RunControl) throws {
        var table = TableFile(["learning_rate", "loss"])
        for (rate, loss) in zip(sweep.rates, sweep.losses) { table.add(["\(rate)", "\(loss)"]) }
        let folder = try run.directory()
        try table.write(to: "\(folder)/learning_rate.csv")
        let place = suggestion.flatMap { sweep.rates.firstIndex(of: $0) }
        let drawing = CurveDrawing(
            title: suggestion.map { "learning rate: \(Float($0)) suggested" } ?? "learning rate: none suggested",
            xName: "learning rate", yName: "smoothed loss",
            points: zip(sweep.rates, sweep.losses).map { (x: $0, y: $1) },
            marked: place.map { (x: sweep.rates[$0], y: sweep.losses[$0]) }, isLogarithmic: spacing == .exponential)
        try drawing.write(to: "\(folder)/learning_rate.svg")
    }

    static let component = Component<any Callback>(
        "LearningRateFinder", "Finds a learning rate before a fit begins, by a sweep of rising rates.",
        Field("lowest", default: 1e-8, in: .positive, "The rate to begin above."),
        Field("highest", default: 1.0, in: .positive, "The rate to end at."),
        Field("steps", default: 100, in: .atLeast(1), unit: "steps", "How many rates are tried."),
        Field("spacing", default: LearningRateSpacing.exponential, "How they lie between the two."),
        Field<Double?>("threshold", default: 4, in: .positive, "The loss, in best ones, that ends the sweep."),
        Field("setsRate", default: true, "Whether the run takes the rate that is found.")
    ) {
        LearningRateFinder(
            lowest: $0, highest: $1, steps: $2, spacing: $3, threshold: $4, setsRate: $5)
    }
}
