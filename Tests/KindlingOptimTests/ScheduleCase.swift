// SPDX-License-Identifier: Apache-2.0
import KindlingOptim

/// A schedule, and the name of its fixture.
struct ScheduleCase: Sendable, CustomStringConvertible {
    let name: String
    let byEpoch: Bool
    let schedule: any LearningRateSchedule
    var description: String { name }

    init(_ name: String, byEpoch: Bool = false, _ schedule: any LearningRateSchedule) {
        self.name = name
        self.byEpoch = byEpoch
        self.schedule = schedule
    }

    static let all: [ScheduleCase] = [
        ScheduleCase("step", byEpoch: true, StepSchedule(epochs: 3, factor: 0.5)),
        ScheduleCase("step", StepSchedule(every: 3, factor: 0.5, interval: .step)),
        ScheduleCase("multi step", byEpoch: true, MultiStepSchedule(milestones: [11, 5, 2, 5], factor: 0.3)),
        ScheduleCase("exponential", byEpoch: true, ExponentialSchedule(factor: 0.9)),
        ScheduleCase("exponential", ExponentialSchedule(factor: 0.9, interval: .step)),
        ScheduleCase("polynomial", PolynomialSchedule(power: 2.5, length: 10)),
        ScheduleCase("linear decay", LinearDecaySchedule(minimum: 0.2, length: 8)),
        ScheduleCase("linear decay", byEpoch: true, LinearDecaySchedule(minimum: 0.2, length: 8, interval: .epoch)),
        ScheduleCase("linear warmup", LinearWarmupSchedule()),
        ScheduleCase("cosine", CosineSchedule(minimum: 0.1, length: 20)),
        ScheduleCase("cosine", byEpoch: true, CosineSchedule(minimum: 0.1, length: 20, interval: .epoch)),
        ScheduleCase("cosine restarts", byEpoch: true, CosineRestartsSchedule(length: 4, minimum: 0.1)),
        ScheduleCase(
            "cosine restarts longer", CosineRestartsSchedule(length: 3, multiplier: 2, interval: .step)),
        ScheduleCase("one cycle", OneCycleSchedule(length: 40)),
        ScheduleCase(
            "one cycle linear",
            OneCycleSchedule(warmupShare: 0.25, anneal: .linear, startDivisor: 10, endDivisor: 100)),
        ScheduleCase("one cycle three", OneCycleSchedule(threePhase: true)),
        ScheduleCase("cyclic", CyclicSchedule(rise: 5, fall: 3)),
        ScheduleCase("cyclic triangular2", CyclicSchedule(rise: 4, mode: .triangular2, minimum: 0.2)),
        ScheduleCase("cyclic range", CyclicSchedule(rise: 4, mode: .expRange, decay: 0.97, minimum: 0.2)),
        ScheduleCase("inverse square root", InverseSquareRootSchedule(warmup: 6)),
        ScheduleCase(
            "chained",
            ChainedSchedule([
                LinearWarmupSchedule(length: 6, start: 0.1), ExponentialSchedule(factor: 0.9, interval: .step),
            ])),
        ScheduleCase(
            "sequential",
            SequentialSchedule(
                [
                    LinearWarmupSchedule(length: 5, start: 0.1), ExponentialSchedule(factor: 0.9, interval: .step),
                    StepSchedule(every: 2, factor: 0.5, interval: .step),
                ], milestones: [5, 12])),
        ScheduleCase(
            "sequential", byEpoch: true,
            SequentialSchedule(
                [
                    LinearWarmupSchedule(length: 5, start: 0.1, interval: .epoch), ExponentialSchedule(factor: 0.9),
                    StepSchedule(epochs: 2, factor: 0.5),
                ], milestones: [5, 12], interval: .epoch)),
    ]
}
