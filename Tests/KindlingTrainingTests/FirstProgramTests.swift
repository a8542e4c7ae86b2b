// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingEngine
import KindlingMetrics
import KindlingNN
import KindlingOptim
import KindlingTraining
import Testing

/// The program of the README.
private final class IrisClassifier: TrainingModule {
    let net = Sequential {
        Linear(4, 16)
        ReLU()
        Linear(16, 3)
    }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let logits = net(batch.inputs)
        let loss = crossEntropy(logits, batch.targets)
        context.log("loss", loss)
        context.log("accuracy", accuracy(logits, batch.targets))
        return loss
    }

    func configureOptimizers() -> OptimizerPlan { .adam(learningRate: 1e-2) }
}

@Suite struct FirstProgramTests {
    @Test func irisIsLearned() async throws {
        let folder = try Folder()
        let trainer = Trainer(
            limit: .epochs(50),
            callbacks: [EarlyStopping(monitor: "val_loss", patience: 10), ModelCheckpoint(monitor: "val_loss")],
            options: options(in: folder))
        let result = try await trainer.fit(IrisClassifier(), data: IrisDataModule())
        #expect(result.metrics.names == ["loss", "accuracy", "val_loss", "val_accuracy"])
        #expect(try #require(result.metrics["val_accuracy"]) >= 0.9)
        let directory = try #require(result.directory)
        let best = try Checkpoint(path: "\(directory)/checkpoints/best.h5")
        let validated = try await Trainer(options: options(in: folder))
            .validate(IrisClassifier(), data: IrisDataModule(), weights: best)
        #expect(try #require(validated.metrics["val_accuracy"]) >= 0.9)
        #expect(validated.sampleCount == 30)
    }
}
