// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Lowers the learning rate along a power of what is left of the run.
///
/// minimum + (1 − minimum) · (1 − t / length)^power, and `minimum` after that.
///
///     OptimizerPlan.sgd(learningRate: 0.1).scheduled(PolynomialSchedule(power: 0.9))
public struct PolynomialSchedule: LearningRateSchedule {
    private let power: Double
    private let minimum: Double
    private let length: Int?
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - power: The power; 1 is a line.
    ///   - minimum: The share that is left at the end, 0 ... 1.
    ///   - length: How long it takes; when nil, all steps of the run.
    ///   - interval: What is counted.
    public init(power: Double = 1, minimum: Double = 0, length: Int? = nil, interval: ScheduleInterval = .step) {
        self.power = power
        self.minimum = minimum
        self.length = length
        self.interval = interval
    }

    /// Falls to the minimum, and stays.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let done = shareDone(length, interval, step: step, epoch: epoch, totalSteps: totalSteps)
        return minimum + (1 - minimum) * pow(1 - done, power)
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "Polynomial", ("power", power, .positive), ("minimum", minimum, .fraction),
            ("length", Double(length ?? 1), .atLeast(1)))
    }

    static let component = Component<any LearningRateSchedule>(
        "Polynomial", "Lowers the learning rate along a power of what is left of the run.",
        Field("power", default: 1.0, in: .positive, "The power; 1 is a line."),
        Field("minimum", default: 0.0, in: .fraction, "Share of the learning rate that is left at the end."),
        Field<Int?>("length", default: nil, in: .atLeast(1), "How long it takes; the whole run when null."),
        ScheduleInterval.field(default: .step)
    ) { power, minimum, length, interval in
        try PolynomialSchedule(power: power, minimum: minimum, length: length, interval: interval).validated()
    }
}
