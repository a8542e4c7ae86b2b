// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingOptim
import Testing

@Suite struct PlateauTests {
    static let values = [
        1, 0.9, 0.9, 0.9, 0.95, 0.89995, 0.8, 0.8, 0.8, 0.8, 0.8, .nan, 0.9, 0.85, 0.7, 0.7, 0.71, 0.72, 0.73, 0.74,
    ]

    static let cases: [(String, ReduceOnPlateauSchedule)] = [
        ("plateau", ReduceOnPlateauSchedule(factor: 0.5, patience: 2)),
        ("plateau cooldown", ReduceOnPlateauSchedule(factor: 0.5, patience: 1, cooldown: 2, minimum: 0.2)),
        (
            "plateau max",
            ReduceOnPlateauSchedule(mode: .max, factor: 0.5, patience: 1, threshold: 0.05, thresholdMode: .absolute)
        ),
    ]

    private func factors(_ schedule: inout any MetricDrivenSchedule, _ values: some Sequence<Double>) -> [Double] {
        values.map { value in
            schedule.observe(value)
            return schedule.factor(step: 0, epoch: 0, totalSteps: 0)
        }
    }

    @Test(arguments: cases) func factorsEqualPyTorch(_ name: String, _ plateau: ReduceOnPlateauSchedule) throws {
        var schedule: any MetricDrivenSchedule = plateau
        #expect(try factors(&schedule, Self.values) == #require(Fixture.schedules[name]))
    }

    @Test(arguments: cases) func stateTakenOverGoesOn(_ name: String, _ plateau: ReduceOnPlateauSchedule) throws {
        for cut in Self.values.indices {
            var begun: any MetricDrivenSchedule = ChainedSchedule([ConstantSchedule(), plateau])
            let first = factors(&begun, Self.values[..<cut])
            var continued: any MetricDrivenSchedule = ChainedSchedule([ConstantSchedule(), plateau])
            continued.restore(begun.state)
            #expect(try first + factors(&continued, Self.values[cut...]) == #require(Fixture.schedules[name]))
        }
    }

    @Test func composedSchedulesPassTheMetricOn() {
        var schedule: any MetricDrivenSchedule = SequentialSchedule(
            [LinearWarmupSchedule(), ReduceOnPlateauSchedule(monitor: "val_accuracy", factor: 0.5, patience: 0)],
            milestones: [5])
        #expect(schedule.monitor == "val_accuracy")
        #expect(ChainedSchedule([ConstantSchedule()]).monitor == nil)
        schedule.observe(1)
        schedule.observe(1)
        #expect(schedule.factor(step: 5, epoch: 0, totalSteps: 0) == 0.5)
    }

    @Test func impossibleStateBeginsAnew() {
        var schedule = ReduceOnPlateauSchedule()
        schedule.restore(["factor": .nan, "best": .nan, "epochs_without": 1e300, "epochs_to_rest": -4])
        #expect(schedule.factor(step: 0, epoch: 0, totalSteps: 0) == 1)
        #expect(schedule.state == ["factor": 1, "epochs_without": 0, "epochs_to_rest": 0])
    }

    @Test func impossibleNumbersAreRefused() {
        let refused: [(any LearningRateSchedule, String)] = [
            (ReduceOnPlateauSchedule(factor: 1), "factor is 1.0, but must be 0 ..< 1"),
            (ReduceOnPlateauSchedule(patience: -1), "patience is -1.0, but must be at least 0"),
            (
                ChainedSchedule([ReduceOnPlateauSchedule(monitor: "a"), ReduceOnPlateauSchedule(monitor: "b")]),
                "its schedules follow a and b, but can follow one metric only"
            ),
        ]
        for (schedule, what) in refused { #expect(tensorError { try schedule.validate() }?.what == what) }
    }
}
