// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Several schedules at once: their factors are multiplied.
///
///     ChainedSchedule([LinearWarmupSchedule(length: 500, start: 0), ExponentialSchedule(factor: 0.9)])
public struct ChainedSchedule: MetricDrivenSchedule {
    private var list: ScheduleList

    /// Puts schedules together.
    public init(_ schedules: [any LearningRateSchedule]) { list = ScheduleList(members: schedules) }

    /// The product of the factors.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        list.members.reduce(1) { $0 * $1.factor(step: step, epoch: epoch, totalSteps: totalSteps) }
    }

    /// The metric that one of the schedules follows.
    public var monitor: String? { list.monitor }
    /// Hands the value to the schedules that follow it.
    public mutating func observe(_ value: Double) { list.observe(value) }
    /// The schedules' states.
    public var state: [String: Double] { list.state }
    /// Gives the schedules their states.
    public mutating func restore(_ state: [String: Double]) { list.restore(state) }

    /// Refuses what a schedule refuses, and an empty list.
    public func validate() throws(TensorError) { try list.validate(as: "Chained") }

    static let component = Component<any LearningRateSchedule>(
        "Chained", "Several schedules at once: their factors are multiplied.",
        Field(list: "schedules", of: Schedules.kind, required: true, "The schedules.")
    ) { schedules in try ChainedSchedule(schedules).validated() }
}
