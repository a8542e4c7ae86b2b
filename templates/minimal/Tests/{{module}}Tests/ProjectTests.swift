import Kindling
import Testing

@testable import {{module}}

@Suite struct SpiralNetTests {
    @Test func givesALogitForEachClass() throws {
        let net = SpiralNet(width: 4, depth: 3)
        let outputs = try withTensorErrors { net(Tensor.zeros([5, 2])) }
        #expect(outputs.shape == [5, 2])
    }

    @Test func learnsTheSpirals() async throws {
        let module = SupervisedModule(
            SpiralNet(), loss: CrossEntropy(), metrics: [Accuracy()], optimizer: .adam(learningRate: 1e-2))
        let trainer = Trainer(
            limit: .epochs(60), callbacks: [StopAtTarget(target: 0.95)],
            options: TrainerOptions(console: .silent))
        let result = try await trainer.fit(module, data: Spirals())
        #expect(try #require(result.metrics["val_accuracy"]) >= 0.95)
    }
}

@Suite struct RecipeTests {
    @Test func theRecipeDescribesAnExperiment() throws {
        let experiment = try loadRecipe(path: "recipes/default.yaml").experiment(additions: components)
        #expect(experiment.name == "spirals")
        #expect(!experiment.callbacks.isEmpty)
    }
}
