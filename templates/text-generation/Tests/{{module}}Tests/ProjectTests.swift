import Kindling
import Testing

@testable import {{module}}

@Suite struct CharacterModelTests {
    @Test func givesALogitForEachCharacterOfEachPlace() throws {
        let model = CharacterModel(vocabularySize: 11, blockSize: 8, layers: 1, heads: 2, width: 8)
        let outputs = try withTensorErrors { model(Tensor.zeros([3, 8], dtype: .int64)) }
        #expect(outputs.shape == [3, 8, 11])
    }

    @Test func lossFallsBelowThatOfGuessing() async throws {
        let characters = try #require(try LocalText().setup().vocabulary).symbols.count
        let module = SupervisedModule(
            CharacterModel(vocabularySize: characters, blockSize: 32, layers: 1, heads: 2, width: 32),
            loss: CrossEntropy(classAxis: -1), optimizer: .adam(learningRate: 3e-3))
        let trainer = Trainer(limit: .epochs(1), options: TrainerOptions(console: .silent))
        let result = try await trainer.fit(module, data: LocalText(blockLength: 32))
        #expect(try #require(result.metrics["loss"]) < 3.7)
    }
}

@Suite struct RecipeTests {
    @Test func theRecipeDescribesAnExperiment() throws {
        let experiment = try loadRecipe(path: "recipes/default.yaml").experiment(additions: components)
        #expect(experiment.name == "text")
        #expect(!experiment.callbacks.isEmpty)
    }
}
