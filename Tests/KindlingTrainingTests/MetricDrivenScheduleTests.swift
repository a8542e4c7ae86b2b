// SPDX-License-Identifier: Apache-2.0
import KindlingOptim
import Testing

@testable import KindlingTraining

@Suite struct MetricDrivenScheduleTests {
    private func fit(_ schedule: ReduceOnPlateauSchedule) async throws -> FitResult {
        try await Trainer(limit: .epochs(4), options: options(in: Folder()))
            .fit(Classifier(OptimizerPlan.sgd(learningRate: 0.5).scheduled(schedule)), data: Points())
    }

    @Test func theLearningRateFallsAfterEpochsWithoutProgress() async throws {
        // No loss is better by more than itself: only the first epoch counts as progress.
        let result = try await fit(
            ReduceOnPlateauSchedule(
                monitor: "loss", factor: 0.5, patience: 0, threshold: 100, thresholdMode: .absolute))
        #expect(result.history.map(\.learningRate) == [0.5, 0.5, 0.25, 0.125])
    }

    @Test func aMetricThatNobodyLogsEndsTheRunByName() async throws {
        do {
            _ = try await fit(ReduceOnPlateauSchedule(monitor: "val_los"))
            Issue.record("nothing was thrown")
        } catch let error as TrainingError {
            #expect(error.code == .unknownMetric)
            #expect(error.what.contains("'val_los'"))
        }
    }
}
