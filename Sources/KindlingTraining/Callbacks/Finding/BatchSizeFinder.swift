// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingBackend
internal import KindlingDeclarations

/// Finds the largest batch size that memory, and if asked time, allows, before a fit begins.
///
/// Each size is tried with a few steps of training, after which weights, optimizers and counters are put back bit by
/// bit. A size does not fit when the device has no memory for it, when the process takes more than `memoryShare` of what
/// the machine has for it, when a step takes longer than `secondsPerStep`, or when it brings less than `minimumGain`
/// more samples a second. Where the next size would leave too little memory by the growth so far, it is not tried.
/// A resumed run keeps the size of its checkpoint.
///
///     BatchSizeFinder(mode: .binary, largest: 4096, secondsPerStep: 0.5)
public final class BatchSizeFinder: Callback {
    private struct State: Codable {
        var size: Int
    }

    private struct Trial {
        var seconds: Double
        var memory: Int
    }

    private let mode: BatchSizeSearchMode
    private let first: Int
    private let largest: Int
    private let stepsPerTrial: Int
    private let trials: Int
    private let memoryShare: Double
    private let secondsPerStep: Double?
    private let minimumGain: Double?
    private let clock = ContinuousClock()
    /// The size that was found; nil before.
    public private(set) var size: Int?

    /// A finder.
    /// - Parameters:
    ///   - mode: How it goes from one size to the next.
    ///   - first: The size to begin with.
    ///   - largest: The largest size to try; never more than there are samples.
    ///   - stepsPerTrial: Steps of training with each.
    ///   - trials: How many sizes are tried at most.
    ///   - memoryShare: The share of the machine's memory that the process may take.
    ///   - secondsPerStep: How long a step may take.
    ///   - minimumGain: How many more samples a second, as a share, a larger size has to bring.
    public init(
        mode: BatchSizeSearchMode = .doubling, first: Int = 2, largest: Int = 8192, stepsPerTrial: Int = 3,
        trials: Int = 25, memoryShare: Double = 0.8, secondsPerStep: Double? = nil, minimumGain: Double? = nil
    ) {
        self.mode = mode
        self.first = first
        self.largest = largest
        self.stepsPerTrial = max(1, stepsPerTrial)
        self.trials = max(1, trials)
        self.memoryShare = memoryShare
        self.secondsPerStep = secondsPerStep
        self.minimumGain = minimumGain
    }

    /// Searches, and sets the size.
    /// - Throws: what steps throw, and `TrainingError` when no size fits.
    public func fitStarted(_ run: any RunControl) async throws {
        guard run.progress.step == 0 else { return }  // A resumed run has its size.
        let samples = run.splits.training?.sampleCount ?? 0
        var search = BatchSizeSearch(mode, first: first, largest: min(largest, max(1, samples)))
        let usage = try ProcessUsage.now()
        let allowed = Int(Double(usage.residentBytes + usage.availableBytes) * min(1, max(0, memoryShare)))
        var last: (size: Int, trial: Trial)?
        while let size = search.next(limit: trials) {
            var outcome: Trial?
            if try isExpected(toFit: size, last, idle: usage.residentBytes, allowed) {
                outcome = try await self.trial(size, run)
            }
            let fits = outcome.map { $0.memory <= allowed && isFastEnough($0, size, last) } ?? false
            search.note(fits: fits)
            if fits, let outcome { last = (size, outcome) }
        }
        guard let found = search.fitting else {
            throw TrainingError(
                .badOption, "no batch size fits, not even \(min(first, samples))",
                remedy: "allow more memory or time, or take a smaller model")
        }
        size = found
        try run.changeBatchSize(to: found)
        run.console.print("BatchSizeFinder takes \(found) samples a batch")
    }

    /// Memory grows with the batch: what the last size took above nothing, in proportion, tells before it is too late.
    private func isExpected(
        toFit size: Int, _ last: (size: Int, trial: Trial)?, idle: Int, _ allowed: Int
    ) throws -> Bool {
        guard let last else { return true }  // Nothing is known yet.
        let growth = Double(max(0, last.trial.memory - idle)) * Double(size) / Double(last.size)
        return Double(idle) + growth <= Double(allowed)
    }

    private func isFastEnough(_ trial: Trial, _ size: Int, _ last: (size: Int, trial: Trial)?) -> Bool {
        if let secondsPerStep, trial.seconds > secondsPerStep { return false }
        guard let minimumGain, let last, size > last.size else { return true }  // Nothing to be compared with.
        return Double(size) / trial.seconds >= Double(last.size) / last.trial.seconds * (1 + minimumGain)
    }

    /// What some steps of a size take; nil when the device has no memory for them.
    private func trial(_ size: Int, _ run: any RunControl) async throws -> Trial? {
        var fastest = Double.infinity
        var memory = 0
        var start = clock.now
        do {
            try await run.rehearse(steps: stepsPerTrial, batchSize: size) { _ in
                // The first step pays for what is made once.
                fastest = min(fastest, max(1e-9, (clock.now - start).seconds))
                memory = max(memory, try ProcessUsage.now().residentBytes)
                start = clock.now
                return true
            }
        } catch let error as TensorError where error.code == .outOfMemory {
            return nil  // That is what was to be found out.
        }
        return Trial(seconds: fastest, memory: memory)
    }

    /// The size.
    public func saveState() throws -> String? { try size.map { try text(of: State(size: $0)) } }

    /// Takes the size.
    public func restoreState(_ state: String) throws { size = try self.state(State.self, from: state).size }

    static let component = Component<any Callback>(
        "BatchSizeFinder", "Finds the largest batch size that memory and time allow, before a fit begins.",
        Field("mode", default: BatchSizeSearchMode.doubling, "How it goes from one size to the next."),
        Field("first", default: 2, in: .atLeast(1), unit: "samples", "The size to begin with."),
        Field("largest", default: 8192, in: .atLeast(1), unit: "samples", "The largest size to try."),
        Field("stepsPerTrial", default: 3, in: .atLeast(1), unit: "steps", "Steps of training with each."),
        Field("trials", default: 25, in: .atLeast(1), "How many sizes are tried at most."),
        Field("memoryShare", default: 0.8, in: .fraction, "The share of the machine's memory that it may take."),
        Field<Double?>("secondsPerStep", default: nil, in: .positive, unit: "seconds", "How long a step may take."),
        Field<Double?>(
            "minimumGain", default: nil, in: .nonNegative, "The gain in samples a second that a larger size must bring."
        )
    ) {
        BatchSizeFinder(
            mode: $0, first: $1, largest: $2, stepsPerTrial: $3, trials: $4, memoryShare: $5, secondsPerStep: $6,
            minimumGain: $7)
    }
}
