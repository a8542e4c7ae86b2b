// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Half a cosine from the learning rate down to a share of it (Loshchilov and Hutter 2016), after a linear rise.
///
/// minimum + (1 − minimum) · (1 + cos(π t / length)) / 2, t counted after the rise; it ends with the run, unless a
/// length is given, and stays at the minimum after that.
///
///     OptimizerPlan.adamW().scheduled(CosineSchedule(warmupSteps: 500, minimum: 0.1))
public struct CosineSchedule: LearningRateSchedule {
    private let warmupSteps: Int
    private let minimum: Double
    private let length: Int?
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - warmupSteps: Steps of linear rise before.
    ///   - minimum: The share that is left at the end, 0 ... 1.
    ///   - length: How long the fall takes; when nil, all steps of the run after the rise.
    ///   - interval: What `length` counts.
    public init(
        warmupSteps: Int = 0, minimum: Double = 0, length: Int? = nil, interval: ScheduleInterval = .step
    ) {
        self.warmupSteps = warmupSteps
        self.minimum = minimum
        self.length = length
        self.interval = interval
    }

    /// Rises, then falls.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let rise = Double(warmupSteps)
        if step < warmupSteps { return (Double(max(0, step)) + 1) / (rise + 1) }
        let done: Double
        if let length {
            let start = interval == .step ? rise : 0
            done = progress(interval.position(step: step, epoch: epoch) - start, of: Double(length))
        } else {
            done = progress(Double(step) - rise, of: max(1, Double(totalSteps) - rise))
        }
        return minimum + (1 - minimum) * 0.5 * (1 + cos(.pi * done))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "Cosine", ("warmupSteps", Double(warmupSteps), .nonNegative), ("minimum", minimum, .fraction),
            ("length", Double(length ?? 1), .atLeast(1)))
    }

    static let component = Component<any LearningRateSchedule>(
        "Cosine", "Half a cosine down over the run, after a linear rise.",
        Field("warmupSteps", default: 0, in: .nonNegative, unit: "steps", "Steps of linear rise before."),
        Field("minimum", default: 0.0, in: .fraction, "Share of the learning rate that is left at the end."),
        Field<Int?>("length", default: nil, in: .atLeast(1), "How long the fall takes; the rest of the run when null."),
        ScheduleInterval.field(default: .step)
    ) { warmupSteps, minimum, length, interval in
        try CosineSchedule(warmupSteps: warmupSteps, minimum: minimum, length: length, interval: interval).validated()
    }
}
