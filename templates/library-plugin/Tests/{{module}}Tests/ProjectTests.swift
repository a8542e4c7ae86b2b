import Kindling
import Testing

@testable import {{module}}

@Suite struct ComponentTests {
    @Test func maxoutTakesTheLargerMap() throws {
        let layer = Maxout(3, 4, pieces: 2)
        let outputs = try withTensorErrors { layer(Tensor.zeros([5, 3])) }
        #expect(outputs.shape == [5, 4])
    }

    @Test func theLossOfEqualTensorsIsZero() throws {
        let x = Tensor([1.0, -2.0])
        #expect(try withTensorErrors { SmoothAbsoluteError()(x, x) }.item() == 0)
    }

    @Test func componentsLearnTogether() async throws {
        let module = SupervisedModule(
            Sequential { Maxout(2, 16); Linear(16, 1) }, loss: SmoothAbsoluteError(), metrics: [R2Score()],
            optimizer: .adam(learningRate: 1e-2))
        let trainer = Trainer(
            limit: .epochs(20), callbacks: [LossRatio()], options: TrainerOptions(console: .silent))
        let result = try await trainer.fit(module, data: Peaks())
        #expect(try #require(result.metrics["val_r2"]) > 0.5)
    }
}

@Suite struct RecipeTests {
    @Test func theRecipeDescribesAnExperiment() throws {
        let experiment = try loadRecipe(path: "recipes/default.yaml").experiment(additions: components)
        #expect(experiment.name == "peaks")
        #expect(!experiment.callbacks.isEmpty)
    }
}
