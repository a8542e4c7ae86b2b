// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations

/// Lowers the learning rate at given epochs or steps.
///
/// factor^(number of milestones reached).
///
///     OptimizerPlan.sgd(learningRate: 0.1).scheduled(MultiStepSchedule(milestones: [80, 120]))
public struct MultiStepSchedule: LearningRateSchedule {
    private let milestones: [Int]
    private let factor: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - milestones: Where it is lowered, in any order.
    ///   - factor: What it is multiplied with at each.
    ///   - interval: What is counted.
    public init(milestones: [Int], factor: Double = 0.1, interval: ScheduleInterval = .epoch) {
        self.milestones = milestones
        self.factor = factor
        self.interval = interval
    }

    /// factor^(number of milestones reached).
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let position = interval.position(step: step, epoch: epoch)
        return pow(factor, Double(milestones.count { Double($0) <= position }))
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("MultiStep", ("factor", factor, .nonNegative))
        for milestone in milestones { try check("MultiStep", ("milestones", Double(milestone), .nonNegative)) }
    }

    static let component = Component<any LearningRateSchedule>(
        "MultiStep", "Lowers the learning rate at given epochs or steps.",
        Field<[Int]>(required: "milestones", in: .nonNegative, "Where it is lowered."),
        Field("factor", default: 0.1, in: .nonNegative, "What it is multiplied with at each."),
        ScheduleInterval.field(default: .epoch)
    ) { milestones, factor, interval in
        try MultiStepSchedule(milestones: milestones, factor: factor, interval: interval).validated()
    }
}
