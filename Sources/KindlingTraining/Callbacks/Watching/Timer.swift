// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Ends the run after a time, and tells how long training and validation took.
///
/// Time that a run took before it was resumed counts. The figures are logged as `training_seconds` and
/// `validation_seconds`.
///
///     Timer(minutes: 90)
public final class Timer: Callback {
    private struct State: Codable {
        var training: Double
        var validation: Double
    }

    private let seconds: Double?
    private let clock = ContinuousClock()
    private var began = ContinuousClock.now
    private var earlier = State(training: 0, validation: 0)
    private var validation = 0.0

    /// A timer.
    /// - Parameter seconds: After how long the run ends, at the next batch; never when nil.
    public init(seconds: Double? = nil) { self.seconds = seconds }

    /// A timer of minutes.
    public convenience init(minutes: Double) { self.init(seconds: minutes * 60) }

    /// Seconds of training so far, earlier parts of a resumed run included.
    public var trainingSeconds: Double { elapsed - validationSeconds }
    /// Seconds of validation so far.
    public var validationSeconds: Double { earlier.validation + validation }

    private var elapsed: Double { earlier.training + earlier.validation + (clock.now - began).seconds }

    /// Among those who decide.
    public var band: CallbackBand { .deciding }

    /// Begins to count.
    public func fitStarted(_ run: any RunControl) async throws { began = clock.now }

    /// Ends the run when the time is over.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        guard let seconds, elapsed >= seconds else { return }  // There is time left.
        run.stop(because: "the time of \(readable(seconds)) s is over")
    }

    /// Counts what validation took.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        validation += result.seconds
        run.log("training_seconds", trainingSeconds)
        run.log("validation_seconds", validationSeconds)
    }

    /// The seconds so far.
    public func saveState() throws -> String? {
        try text(of: State(training: trainingSeconds, validation: validationSeconds))
    }

    /// Takes the seconds of the run's earlier part.
    public func restoreState(_ state: String) throws {
        earlier = try self.state(State.self, from: state)
        validation = 0
        began = clock.now
    }

    static let component = Component<any Callback>(
        "Timer", "Ends the run after a time, and logs how long training and validation took.",
        Field<Double?>("seconds", default: nil, in: .positive, unit: "seconds", "When the run ends; never if null.")
    ) { seconds in Timer(seconds: seconds) }
}
