// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a trained language model go on with a text.",
        discussion: """
            kindling generate recipes/tiny_shakespeare_gpt.yaml --prompt "ROMEO:" --count 200
            kindling generate runs/gpt/2026-01-31T12-00-00/checkpoints/best.h5 --temperature 0.8 --top-k 40

            The prompt and what the model lets follow it go to standard output. Equal seeds give equal texts.
            """)

    @OptionGroup var evaluation: EvaluationArguments

    @Option(name: [.short, .long], help: "What the text begins with; a new line when not given.")
    var prompt: String = "\n"

    @Option(name: [.short, .long], help: "How many characters follow.")
    var count: Int = 200

    @Option(help: "Below 1 for likelier characters, above for more surprising ones; 0 always takes the likeliest.")
    var temperature: Double = 1

    @Option(help: "Draw from so many likeliest characters only.")
    var topK: Int?

    @Option(help: "What the draws follow from.")
    var seed: UInt64 = 0

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let prepared = try evaluation.prepare()
        guard let model = prepared.experiment.module.model as? any LanguageModel else {
            throw UsageError(
                what: "the model \(type(of: prepared.experiment.module.model)) does not generate text",
                remedy: "use a recipe with a language model, such as GPT")
        }
        guard let vocabulary = prepared.checkpoint.vocabulary else {
            throw UsageError(
                what: "'\(prepared.checkpoint.path)' knows no characters: the model was not trained on text",
                remedy: "train it with the data TextFile or TinyShakespeare")
        }
        guard vocabulary.count <= model.vocabularySize else {
            throw UsageError(
                what: "the text has \(vocabulary.count) characters, the model \(model.vocabularySize) tokens",
                remedy: "use the recipe that the checkpoint was written with")
        }
        let device = prepared.trainer.options.strategy.device
        let tokens = try tokens(vocabulary)
        let text = try withDevice(device) {
            model.initialize(seed: seed)
            try prepared.checkpoint.loadWeights(into: prepared.experiment.module.checkpointRoot)
            return try model.generate(tokens, count: count, temperature: temperature, topK: topK, seed: seed)
        }
        let continuation = readable(text, vocabulary)
        Session.print(
            json
                ? JSON.object([("prompt", .text(prompt)), ("text", .text(continuation))]).text
                : prompt + continuation)
    }

    private func tokens(_ vocabulary: Vocabulary) throws -> [Int] {
        do { return try vocabulary.encode(prompt) } catch {
            throw UsageError(what: "'--prompt': \(error.what)", remedy: error.remedy)
        }
    }

    /// Tokens that the text never had stand for nothing.
    private func readable(_ tokens: [Int], _ vocabulary: Vocabulary) -> String {
        tokens.map { $0 < vocabulary.count ? vocabulary.symbols[$0] : "\u{FFFD}" }.joined()
    }

    func validate() throws {
        guard !prompt.isEmpty else {
            throw ValidationError("'--prompt' is empty; give at least one character, or leave it out.")
        }
        guard count >= 0 else { throw ValidationError("'--count' is \(count); give 0 or more.") }
        guard temperature >= 0, temperature.isFinite else {
            throw ValidationError("'--temperature' is \(temperature); give a number from 0 on.")
        }
        if let topK, topK < 1 { throw ValidationError("'--top-k' is \(topK); give 1 or more.") }
    }
}
