// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@Suite struct GenerateTests {
    /// A text of few characters, learned for a moment.
    private func train(in folder: borrowing TemporaryFolder) async throws -> CommandLineRun {
        try folder.write(String(repeating: "abcd\n", count: 80), to: "text.txt")
        try folder.write(
            """
            name: letters
            data: {type: TextFile, path: text.txt, data_dir: \(folder.path), batch_size: 8, block_length: 7}
            model: {type: GPT, vocabulary_size: 5, block_size: 7, layers: 1, heads: 2, width: 16}
            loss: {type: CrossEntropy, class_axis: -1}
            metrics: [Accuracy, Perplexity]
            optimizer: {type: Adam, learning_rate: 1e-2}
            trainer: {max_epochs: 12}
            """, to: "letters.yaml")
        return await kindling("fit", "\(folder.path)/letters.yaml", "--quiet", "--run-dir", folder.path)
    }

    @Test func aTrainedModelGoesOnWithAText() async throws {
        let folder = try TemporaryFolder()
        let fit = try await train(in: folder)
        #expect(fit.status == 0, "\(fit.messages)")
        let recipe = "\(folder.path)/letters.yaml"
        let run = await kindling(
            "generate", recipe, "--prompt", "abc", "--count", "11", "--temperature", "0", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.output == "abcd\nabcd\nabcd\n")
        // The checkpoint knows recipe and characters, and the text is not needed.
        let best = try #require(folder.files.first { $0.hasSuffix("best.h5") })
        try folder.write("", to: "text.txt")
        func drawn(_ seed: String) async -> String {
            await kindling(
                "generate", "\(folder.path)/\(best)", "--prompt", "ab", "--seed", seed, "--temperature", "5"
            ).output
        }
        let first = await drawn("1")
        #expect(first.hasPrefix("ab") && first.count == 203)
        #expect(await drawn("1") == first)
        #expect(await drawn("2") != first)
        let wrong = await kindling("generate", "\(folder.path)/\(best)", "--prompt", "abz")
        #expect(wrong.status == 2)
        #expect(wrong.messages.contains("'--prompt': character 3, 'z', is not one of the 5 known"), "\(wrong.messages)")
    }

    @Test func modelsOfOtherThingsDoNotGenerate() async throws {
        let folder = try TemporaryFolder()
        let recipe = "\(root)/recipes/iris.yaml"
        _ = await kindling("fit", recipe, "trainer.max_epochs=1", "--quiet", "--run-dir", folder.path)
        let run = await kindling("generate", recipe, "--run-dir", folder.path)
        #expect(run.status == 2)
        #expect(run.messages.contains("the model Sequential does not generate text"), "\(run.messages)")
        for arguments in [["--count", "-1"], ["--temperature", "-1"], ["--top-k", "0"], ["--prompt", ""]] {
            let refused = await kindlingArray(["generate", recipe, "--run-dir", folder.path] + arguments)
            #expect(refused.status == 2, "\(arguments)")
        }
    }

    @Test func tablesAreRecipes() async throws {
        let folder = try TemporaryFolder()
        let table = await kindling(
            "fit", "\(root)/recipes/tabular_regression.yaml", "trainer.max_epochs=30", "--quiet", "--run-dir",
            folder.path)
        #expect(table.status == 0, "\(table.messages)")
        let metrics = try #require(folder.files.first { $0.hasSuffix("metrics.csv") })
        let rows = folder.text(metrics).split(separator: "\n").map { $0.split(separator: ",") }
        let place = try #require(rows[0].firstIndex(of: "val_mae"))
        #expect(try #require(Double(rows[rows.count - 1][place])) < 0.2)
    }
}
