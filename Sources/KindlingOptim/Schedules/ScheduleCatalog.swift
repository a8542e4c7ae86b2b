// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The learning-rate schedules that recipes can name.
public enum Schedules {
    /// The kind of component under `schedule`.
    public static let kind = ComponentKind<any LearningRateSchedule>("schedule") { all }

    /// One line a schedule, by name.
    public static let all: [Component<any LearningRateSchedule>] = [
        ChainedSchedule.component,
        ConstantSchedule.component,
        CosineSchedule.component,
        CosineRestartsSchedule.component,
        CyclicSchedule.component,
        ExponentialSchedule.component,
        InverseSquareRootSchedule.component,
        LinearDecaySchedule.component,
        LinearWarmupSchedule.component,
        MultiStepSchedule.component,
        OneCycleSchedule.component,
        PolynomialSchedule.component,
        ReduceOnPlateauSchedule.component,
        SequentialSchedule.component,
        StepSchedule.component,
    ]
}
