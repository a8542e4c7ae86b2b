// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Lowers the learning rate after every so many epochs or steps.
///
/// factor^⌊t / every⌋. `every` and `t` are epochs, unless `interval` is steps.
///
///     OptimizerPlan.sgd(learningRate: 0.1).scheduled(StepSchedule(every: 30))
public struct StepSchedule: LearningRateSchedule {
    private let every: Int
    private let factor: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - every: From one change to the next.
    ///   - factor: What it is multiplied with.
    ///   - interval: What is counted.
    public init(every: Int, factor: Double = 0.1, interval: ScheduleInterval = .epoch) {
        self.every = every
        self.factor = factor
        self.interval = interval
    }

    /// A schedule that counts epochs.
    public init(epochs: Int, factor: Double = 0.1) { self.init(every: epochs, factor: factor) }

    /// factor^⌊t / every⌋.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        pow(factor, (interval.position(step: step, epoch: epoch) / Double(max(1, every))).rounded(.down))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("Step", ("every", Double(every), .atLeast(1)), ("factor", factor, .nonNegative))
    }

    static let component = Component<any LearningRateSchedule>(
        "Step", "Lowers the learning rate after every so many epochs or steps.",
        Field<Int>(required: "every", in: .atLeast(1), "From one change to the next."),
        Field("factor", default: 0.1, in: .nonNegative, "What it is multiplied with."),
        ScheduleInterval.field(default: .epoch)
    ) { every, factor, interval in
        try StepSchedule(every: every, factor: factor, interval: interval).validated()
    }
}
