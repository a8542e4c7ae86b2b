import Kindling
import Testing

@testable import {{module}}

@Suite struct TabularNetTests {
    @Test func learnsPrices() async throws {
        let module = SupervisedModule(
            TabularNet(), loss: MeanSquaredError(), metrics: [R2Score()], optimizer: .adam(learningRate: 1e-2))
        let trainer = Trainer(limit: .epochs(60), options: TrainerOptions(console: .silent))
        let result = try await trainer.fit(module, data: LocalTable())
        #expect(try #require(result.metrics["val_r2"]) > 0.8)
    }

    @Test func aMissingTableIsNamed() async throws {
        await #expect(throws: DataError.self) { try await LocalTable(path: "data/none.csv").prepare() }
    }
}

@Suite struct RecipeTests {
    @Test func theRecipeDescribesAnExperiment() throws {
        let experiment = try loadRecipe(path: "recipes/default.yaml").experiment(additions: components)
        #expect(experiment.name == "houses")
        #expect(!experiment.callbacks.isEmpty)
    }
}
