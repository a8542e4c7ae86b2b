// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingOptim
import Testing

@Suite struct ScheduleTests {
    @Test(arguments: ScheduleCase.all) func sequencesEqualPyTorch(_ scheduleCase: ScheduleCase) throws {
        let expected = try #require(Fixture.schedules[scheduleCase.name])
        let found = expected.indices.map { index in
            // What is not counted stands still somewhere else.
            scheduleCase.byEpoch
                ? scheduleCase.schedule.factor(step: 1234, epoch: index, totalSteps: expected.count)
                : scheduleCase.schedule.factor(step: index, epoch: 77, totalSteps: expected.count)
        }
        #expect(worstError(found, expected) <= 1e-12)
    }

    @Test(arguments: ScheduleCase.all) func runsOfAnyLengthHaveFiniteFactors(_ scheduleCase: ScheduleCase) {
        let schedules: [any LearningRateSchedule] = [
            scheduleCase.schedule, CosineSchedule(warmupSteps: 3), CosineSchedule(warmupSteps: Int.max),
            PolynomialSchedule(), LinearDecaySchedule(), CyclicSchedule(rise: Int.max, fall: Int.max),
            OneCycleSchedule(), OneCycleSchedule(threePhase: true),
        ]
        for schedule in schedules {
            for total in [Int.min, -1, 0, 1, 2, 3, 10, Int.max] {
                for step in [0, 1, 2, 9, 10, 11, 1_000_000, Int.max] {
                    let factor = schedule.factor(step: step, epoch: step, totalSteps: total)
                    #expect(factor.isFinite && factor >= 0 && factor <= 1, "\(schedule) at \(step) of \(total)")
                }
            }
        }
    }

    @Test func wrongNumbersDoNotTrapBeforeTheyAreRefused() {
        let schedules: [any LearningRateSchedule] = [
            StepSchedule(every: 0), StepSchedule(epochs: Int.min), CosineRestartsSchedule(length: 0, multiplier: 0),
            CosineRestartsSchedule(length: -3, multiplier: Int.max), CyclicSchedule(rise: 0, fall: 0),
            LinearWarmupSchedule(length: 0),
            InverseSquareRootSchedule(warmup: 0), PolynomialSchedule(length: 0), OneCycleSchedule(length: -1),
            CosineSchedule(warmupSteps: -5, length: 0), ChainedSchedule([]),
            SequentialSchedule([], milestones: []), SequentialSchedule([ConstantSchedule()], milestones: [1, 2]),
            SequentialSchedule([ConstantSchedule(), ConstantSchedule()], milestones: []),
            SequentialSchedule([ConstantSchedule(), ConstantSchedule()], milestones: [Int.min]),
        ]
        for schedule in schedules {
            for step in [0, 1, Int.max] { _ = schedule.factor(step: step, epoch: step, totalSteps: step) }
            #expect(tensorError { try schedule.validate() } != nil, "\(schedule)")
        }
    }

    @Test func constantIsOne() {
        #expect(ConstantSchedule().factor(step: 7, epoch: 3, totalSteps: 10) == 1)
    }

    @Test func cosineRisesThenFallsToItsMinimum() {
        let schedule = CosineSchedule(warmupSteps: 4, minimum: 0.1)
        let rise = (0..<4).map { schedule.factor(step: $0, epoch: 0, totalSteps: 104) }
        #expect(rise == [0.2, 0.4, 0.6, 0.8])
        #expect(schedule.factor(step: 4, epoch: 0, totalSteps: 104) == 1)
        #expect(abs(schedule.factor(step: 54, epoch: 0, totalSteps: 104) - 0.55) < 1e-12)
        #expect(abs(schedule.factor(step: 104, epoch: 0, totalSteps: 104) - 0.1) < 1e-12)
        // Beyond the end it stays.
        #expect(abs(schedule.factor(step: 200, epoch: 0, totalSteps: 104) - 0.1) < 1e-12)
    }

    @Test func whatFollowsAWarmUpEndsWithTheRun() {
        let schedule = SequentialSchedule(
            [LinearWarmupSchedule(length: 10, start: 0), LinearDecaySchedule()], milestones: [10])
        #expect(schedule.factor(step: 0, epoch: 0, totalSteps: 110) == 0)
        #expect(schedule.factor(step: 10, epoch: 0, totalSteps: 110) == 1)
        #expect(schedule.factor(step: 60, epoch: 0, totalSteps: 110) == 0.5)
        #expect(schedule.factor(step: 110, epoch: 0, totalSteps: 110) == 0)
    }

    @Test func everyScheduleCanBeMadeOfItsDefaults() throws {
        let required: [String: [(String, DeclaredValue)]] = [
            "Step": [("every", scalar("3"))], "MultiStep": [("milestones", list(scalar("3")))],
            "Exponential": [("factor", scalar("0.9"))], "CosineRestarts": [("length", scalar("3"))],
            "InverseSquareRoot": [("warmup", scalar("3"))],
            "Chained": [("schedules", list(scalar("Constant"), scalar("ReduceOnPlateau")))],
            "Sequential": [
                ("schedules", list(scalar("LinearWarmup"), mapping("Cosine", ("minimum", scalar("0.1"))))),
                ("milestones", list(scalar("5"))),
            ],
        ]
        for component in Schedules.all {
            let reader = RecipeReader()
            let entries = [("type", scalar(component.type))] + (required[component.type] ?? [])
            let written = DeclaredValue(
                .mapping(entries.map { .init(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
            let schedule = try #require(Schedules.kind.make(from: written, reader), "\(reader.problems)")
            #expect(schedule.factor(step: 0, epoch: 0, totalSteps: 10).isFinite)
        }
        #expect(Schedules.all.map(\.type) == Schedules.all.map(\.type).sorted())
        #expect(Schedules.all.count == 15)
    }

    @Test func recipesRefuseWithNameValueAndRule() {
        func problems(_ value: DeclaredValue) -> [String] {
            let reader = RecipeReader()
            _ = Schedules.kind.make(from: value, reader)
            return reader.problems.map(\.message)
        }
        #expect(problems(mapping("Step", ("every", scalar("0")))) == ["expected at least 1, found '0'"])
        #expect(problems(mapping("Cosine", ("minimum", scalar("2")))) == ["expected 0 ... 1, found '2'"])
        #expect(
            problems(mapping("OneCycle", ("three_phase", scalar("true")), ("warmup_share", scalar("0.6"))))
                == ["OneCycle: warmupShare is 0.6, but with threePhase must be at most 0.5"])
        #expect(
            problems(
                mapping("Sequential", ("schedules", list(scalar("Constant"))), ("milestones", list(scalar("5")))))
                == ["Sequential: milestones are 1, but must be one fewer than the 1 schedules"])
    }
}
