// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The learning-rate schedules that recipes can name.
public enum Schedules {
    /// The kind of component under `schedule`.
    public static let kind = ComponentKind<any LearningRateSchedule>("schedule") { all }

    /// One line a schedule, by name.
    public static let all: [Component<any LearningRateSchedule>] = [
        ConstantSchedule.component,
        CosineSchedule.component,
        StepSchedule.component,
    ]
}
