// SPDX-License-Identifier: Apache-2.0
import KindlingOptim
import Testing

@Suite struct ScheduleTests {
    @Test func constantIsOne() {
        #expect(ConstantSchedule().factor(step: 7, epoch: 3, totalSteps: 10) == 1)
    }

    @Test func stepFallsAfterItsEpochs() {
        let schedule = StepSchedule(epochs: 2, factor: 0.5)
        let factors = (0..<6).map { schedule.factor(step: 0, epoch: $0, totalSteps: 0) }
        #expect(factors == [1, 1, 0.5, 0.5, 0.25, 0.25])
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
}
