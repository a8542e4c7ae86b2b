import Kindling
import Testing

@testable import {{module}}

@Suite struct SmallResNetTests {
    @Test func givesALogitForEachClass() throws {
        let net = SmallResNet(inChannels: 3, classes: 5, width: 4, blocks: 1)
        let outputs = try withTensorErrors { net(Tensor.zeros([2, 3, 16, 16])) }
        #expect(outputs.shape == [2, 5])
    }

    @Test func learnsShapes() async throws {
        let module = SupervisedModule(
            SmallResNet(width: 8, blocks: 1), loss: CrossEntropy(), metrics: [Accuracy()],
            optimizer: .adam(learningRate: 1e-2))
        let trainer = Trainer(limit: .epochs(6), options: TrainerOptions(console: .silent))
        let result = try await trainer.fit(module, data: ShapePictures(count: 600, noise: 0.1))
        #expect(try #require(result.metrics["val_accuracy"]) > 0.8)
    }
}

@Suite struct ShapePicturesTests {
    @Test func everyClassIsInEverySplit() throws {
        let splits = try ShapePictures(count: 60).setup()
        #expect(splits.sampleCounts == SampleCounts(training: 42, validation: 9, test: 9, predict: 60))
    }
}

@Suite struct RecipeTests {
    @Test func theRecipeDescribesAnExperiment() throws {
        let experiment = try loadRecipe(path: "recipes/default.yaml").experiment(additions: components)
        #expect(experiment.name == "shapes")
        #expect(!experiment.callbacks.isEmpty)
    }
}
