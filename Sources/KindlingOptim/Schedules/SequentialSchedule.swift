// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// One schedule after the other, each counting from its own beginning.
///
/// The schedule that begins at a milestone sees its steps or epochs counted from there; what milestones do not count is
/// counted from the run's beginning.
///
///     SequentialSchedule([LinearWarmupSchedule(length: 500, start: 0), CosineSchedule()], milestones: [500])
public struct SequentialSchedule: MetricDrivenSchedule {
    private var list: ScheduleList
    private let milestones: [Int]
    private let interval: ScheduleInterval

    /// Puts schedules in a row.
    /// - Parameters:
    ///   - schedules: At least one.
    ///   - milestones: Where the second and further ones begin, rising.
    ///   - interval: What milestones count.
    public init(
        _ schedules: [any LearningRateSchedule], milestones: [Int], interval: ScheduleInterval = .step
    ) {
        list = ScheduleList(members: schedules)
        self.milestones = milestones
        self.interval = interval
    }

    /// The factor of the schedule whose turn it is; 1 without schedules.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let position = interval == .step ? step : epoch
        let turn = min(milestones.count { $0 <= position }, list.members.count - 1)
        guard turn >= 0 else { return 1 }
        let start = turn == 0 ? 0 : max(0, milestones[turn - 1])
        let schedule = list.members[turn]
        switch interval {
        case .step:
            return schedule.factor(step: step - start, epoch: epoch, totalSteps: max(0, totalSteps) - start)
        case .epoch: return schedule.factor(step: step, epoch: epoch - start, totalSteps: totalSteps)
        }
    }

    /// The metric that one of the schedules follows.
    public var monitor: String? { list.monitor }
    /// Hands the value to the schedules that follow it.
    public mutating func observe(_ value: Double) { list.observe(value) }
    /// The schedules' states.
    public var state: [String: Double] { list.state }
    /// Gives the schedules their states.
    public mutating func restore(_ state: [String: Double]) { list.restore(state) }

    /// Refuses what a schedule refuses, and milestones that do not fit the schedules.
    public func validate() throws(TensorError) {
        try list.validate(as: "Sequential")
        guard milestones.count == list.members.count - 1 else {
            throw impossible(
                "Sequential",
                "milestones are \(milestones.count), but must be one fewer than the \(list.members.count) schedules")
        }
        for (index, milestone) in milestones.enumerated() {
            guard milestone > (index == 0 ? 0 : milestones[index - 1]) else {
                throw impossible("Sequential", "milestones are \(milestones), but must be above 0 and rise")
            }
        }
    }

    static let component = Component<any LearningRateSchedule>(
        "Sequential", "One schedule after the other, each counting from its own beginning.",
        Field(list: "schedules", of: Schedules.kind, required: true, "The schedules, in order."),
        Field<[Int]>(required: "milestones", in: .atLeast(1), "Where the second and further ones begin."),
        ScheduleInterval.field(default: .step)
    ) { schedules, milestones, interval in
        try SequentialSchedule(schedules, milestones: milestones, interval: interval).validated()
    }
}
