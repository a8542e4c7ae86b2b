// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Pictures of three classes that are changed at random: 22 to learn from in batches of 4.
private struct ChangedPictures: DataModule {
    var name: String { "ChangedPictures" }
    var info: DataInfo {
        DataInfo(inputShape: [3, 6, 6], sampleCounts: SampleCounts(training: 22, validation: 0))
    }

    func setup() throws -> DataSplits {
        let pixels = (0..<22 * 108).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 108) }
        let pictures = try TensorDataset(
            features: Tensor(pixels, shape: [22, 3, 6, 6]), targets: Tensor((0..<22).map { $0 % 3 }),
            normalization: Standardization(scale: 1 / 255, mean: [0.5], standardDeviation: [0.25]))
        let changed = try AugmentedDataset(
            pictures,
            transforms: [RandomCrop(padding: 2), RandomHorizontalFlip(), ColorJitter(brightness: 0.2, hue: 0.1)])
        return DataSplits(training: DataLoader(changed, batchSize: 4, shuffle: true), fingerprint: "pictures")
    }
}

private final class PictureClassifier: TrainingModule {
    let net = Sequential {
        Flatten()
        Linear(108, 3)
    }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let loss = crossEntropy(net(batch.inputs), batch.targets)
        context.log("loss", loss)
        return loss
    }

    func configureOptimizers() -> OptimizerPlan { .sgd(learningRate: 0.05, momentum: 0.9) }
}

@Suite struct AugmentationResumeTests {
    @Test(arguments: [1, 4, 6, 8]) func interruptedRunSeesTheSamePictures(step: Int) async throws {
        let folder = try Folder()
        let whole = PictureClassifier()
        let expected = try await Trainer(limit: .epochs(2), options: options(in: folder))
            .fit(whole, data: ChangedPictures())
        let interruption = Interruption()
        let begun = try await Trainer(
            limit: .epochs(2), callbacks: [ModelCheckpoint(), After(step: step) { _ in interruption.request() }],
            options: options(in: folder), interruption: interruption
        ).fit(PictureClassifier(), data: ChangedPictures())
        #expect(begun.steps == step)
        let resumed = PictureClassifier()
        let last = try Checkpoint(path: "\(#require(begun.directory))/checkpoints/last.h5")
        let result = try await Trainer(limit: .epochs(2), options: options(in: folder))
            .fit(resumed, data: ChangedPictures(), resumingFrom: last)
        #expect(try bits(resumed) == bits(whole))
        #expect(result.metrics == expected.metrics)
    }
}
