// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Lowers the learning rate along a line.
///
/// 1 + (minimum − 1) · t / length, and `minimum` after that.
///
///     OptimizerPlan.adamW().scheduled(LinearDecaySchedule())
public struct LinearDecaySchedule: LearningRateSchedule {
    private let minimum: Double
    private let length: Int?
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - minimum: The share that is left at the end, 0 ... 1.
    ///   - length: How long it takes; when nil, all steps of the run.
    ///   - interval: What is counted.
    public init(minimum: Double = 0, length: Int? = nil, interval: ScheduleInterval = .step) {
        self.minimum = minimum
        self.length = length
        self.interval = interval
    }

    /// Falls to the minimum, and stays.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        1 + (minimum - 1) * shareDone(length, interval, step: step, epoch: epoch, totalSteps: totalSteps)
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("LinearDecay", ("minimum", minimum, .fraction), ("length", Double(length ?? 1), .atLeast(1)))
    }

    static let component = Component<any LearningRateSchedule>(
        "LinearDecay", "Lowers the learning rate along a line.",
        Field("minimum", default: 0.0, in: .fraction, "Share of the learning rate that is left at the end."),
        Field<Int?>("length", default: nil, in: .atLeast(1), "How long it takes; the whole run when null."),
        ScheduleInterval.field(default: .step)
    ) { minimum, length, interval in
        try LinearDecaySchedule(minimum: minimum, length: length, interval: interval).validated()
    }
}
