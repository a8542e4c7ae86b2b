// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Raises the learning rate along a line, then leaves it as it is.
///
/// start + (1 − start) · t / length, and 1 after that. For what comes after, see ``SequentialSchedule`` and
/// ``ChainedSchedule``.
///
///     OptimizerPlan.adam().scheduled(LinearWarmupSchedule(length: 500))
public struct LinearWarmupSchedule: LearningRateSchedule {
    private let length: Int
    private let start: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - length: How long the rise takes.
    ///   - start: The share it begins with, above 0 where the first step should count.
    ///   - interval: What is counted.
    public init(length: Int = 5, start: Double = 1.0 / 3, interval: ScheduleInterval = .step) {
        self.length = length
        self.start = start
        self.interval = interval
    }

    /// Rises to 1, and stays.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        start + (1 - start) * progress(interval.position(step: step, epoch: epoch), of: Double(length))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("LinearWarmup", ("length", Double(length), .atLeast(1)), ("start", start, .fraction))
    }

    static let component = Component<any LearningRateSchedule>(
        "LinearWarmup", "Raises the learning rate along a line, then leaves it as it is.",
        Field("length", default: 5, in: .atLeast(1), "How long the rise takes."),
        Field("start", default: 1.0 / 3, in: .fraction, "The share it begins with."),
        ScheduleInterval.field(default: .step)
    ) { length, start, interval in
        try LinearWarmupSchedule(length: length, start: start, interval: interval).validated()
    }
}
