// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Falls along half cosines that begin anew, each longer than the last (Loshchilov and Hutter 2016).
///
/// minimum + (1 − minimum) · (1 + cos(π t / length)) / 2, where t counts from the last restart and `length` is
/// multiplied with `multiplier` at each.
///
///     OptimizerPlan.sgd(learningRate: 0.1).scheduled(CosineRestartsSchedule(length: 10, multiplier: 2))
public struct CosineRestartsSchedule: LearningRateSchedule {
    private let length: Int
    private let multiplier: Int
    private let minimum: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - length: How long the first fall takes.
    ///   - multiplier: How much longer each is than the one before.
    ///   - minimum: The share that is left at the end, 0 ... 1.
    ///   - interval: What is counted.
    public init(length: Int, multiplier: Int = 1, minimum: Double = 0, interval: ScheduleInterval = .epoch) {
        self.length = length
        self.multiplier = multiplier
        self.minimum = minimum
        self.interval = interval
    }

    /// Falls, and begins anew.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        var position = interval.position(step: step, epoch: epoch), length = Double(max(1, self.length))
        if multiplier > 1 {
            // At most 53 turns: positions are exact below 2⁵³, and every length at least doubles.
            while position >= length {
                position -= length
                length *= Double(multiplier)
            }
        } else {
            position = position.truncatingRemainder(dividingBy: length)
        }
        return minimum + (1 - minimum) * 0.5 * (1 + cos(.pi * position / length))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "CosineRestarts", ("length", Double(length), .atLeast(1)), ("multiplier", Double(multiplier), .atLeast(1)),
            ("minimum", minimum, .fraction))
    }

    static let component = Component<any LearningRateSchedule>(
        "CosineRestarts",
        "Falls along half cosines that begin anew, each longer than the last (Loshchilov and Hutter 2016).",
        Field<Int>(required: "length", in: .atLeast(1), "How long the first fall takes."),
        Field("multiplier", default: 1, in: .atLeast(1), "How much longer each is."),
        Field("minimum", default: 0.0, in: .fraction, "Share of the learning rate that is left at the end."),
        ScheduleInterval.field(default: .epoch)
    ) { length, multiplier, minimum, interval in
        try CosineRestartsSchedule(length: length, multiplier: multiplier, minimum: minimum, interval: interval)
            .validated()
    }
}
