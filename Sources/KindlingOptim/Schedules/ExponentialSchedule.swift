// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Lowers the learning rate by the same share after every epoch or step.
///
/// factor^t.
///
///     OptimizerPlan.adam().scheduled(ExponentialSchedule(factor: 0.95))
public struct ExponentialSchedule: LearningRateSchedule {
    private let factor: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - factor: What is left after each.
    ///   - interval: What is counted.
    public init(factor: Double, interval: ScheduleInterval = .epoch) {
        self.factor = factor
        self.interval = interval
    }

    /// factor^t.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        pow(factor, interval.position(step: step, epoch: epoch))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("Exponential", ("factor", factor, .fraction))
    }

    static let component = Component<any LearningRateSchedule>(
        "Exponential", "Lowers the learning rate by the same share after every epoch or step.",
        Field<Double>(required: "factor", in: .fraction, "What is left after each."),
        ScheduleInterval.field(default: .epoch)
    ) { factor, interval in
        try ExponentialSchedule(factor: factor, interval: interval).validated()
    }
}
