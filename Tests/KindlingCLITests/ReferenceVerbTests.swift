// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@testable import KindlingCLI

/// What the command line says of itself: components, schema, completions, the manual page, help.
@Suite struct ReferenceVerbTests {
    @Test func componentsHaveTables() async throws {
        let all = await kindling("components")
        for kind in ["data", "layer", "loss", "metric", "optimizer", "schedule", "callback", "logger"] {
            #expect(all.output.contains(kind), "\(all.output)")
        }
        let layers = await kindling("components", "layers")
        #expect(layers.output == (await kindling("components", "layer")).output)
        #expect(layers.output.contains("\nLinear "))
        let adam = await kindling("components", "Adam")
        let rows = adam.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(
            rows.contains { $0.starts(with: ["learning_rate", "number,"]) && $0.contains("0.001") }, "\(adam.output)")
        let linear = await kindling("components", "Linear", "--json")
        let fields = try JSON(reading: linear.output).items.first?["fields"]?.items ?? []
        #expect(fields.first { $0["key"]?.string == "out_features" }?["required"]?.isTrue == true)
        #expect((await kindling("components", "recipe")).output.contains("trainer.max_epochs"))
        let wrong = await kindling("components", "Adan")
        #expect(wrong.status == 2 && wrong.messages.contains("did you mean 'Adam'?"), "\(wrong.messages)")
    }

    @Test func theSchemaIsJSON() async throws {
        let run = await kindling("schema")
        #expect(try JSON(reading: run.output)["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsComplete(_ shell: String) async {
        let run = await kindling("completions", shell)
        #expect(run.status == 0)
        for verb in ["fit", "tune", "doctor", "--run-dir", "compare"] {
            #expect(run.output.contains(verb.drop { $0 == "-" }))
        }
    }

    @Test func theManualPageHasEveryVerb() async throws {
        let run = await kindling("man")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.output.hasPrefix(".TH KINDLING 1 "))
        for verb in verbs { #expect(run.output.contains(".SS kindling \(verb)\n"), "\(verb)") }
        #expect(run.output.contains(".SS kindling runs compare\n"))
        // A line that began with a dot would be a command to roff.
        let commands: Set = [".TH", ".SH", ".SS", ".B", ".I", ".P", ".TP", ".nf", ".fi"]
        for line in run.output.split(separator: "\n") where line.hasPrefix(".") {
            #expect(commands.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }

    @Test func everyVerbTeachesByExample() async throws {
        let help = KindlingCommand.description
        let root = try #require(try JSON(reading: help)["command"])
        for verb in verbs where verb != "new" {
            let command = try #require(root["subcommands"]?.items.first { $0["commandName"]?.string == verb })
            let lines = (command["discussion"]?.string ?? "").split(separator: "\n")
            let examples = lines.filter { $0.hasPrefix("kindling \(verb)") || $0.hasPrefix("echo ") }
            #expect(examples.count >= 2, "\(verb)")
        }
    }

    /// Every example of the help parses: verbs, options and their number are as they are said to be.
    @Test func examplesParse() async throws {
        let root = try #require(try JSON(reading: KindlingCommand.description)["command"])
        var commands = root["subcommands"]?.items ?? []
        commands += commands.flatMap { $0["subcommands"]?.items ?? [] }
        var count = 0
        for line in commands.flatMap({ ($0["discussion"]?.string ?? "").split(separator: "\n") })
        where line.hasPrefix("kindling ") {
            let words = shellWords(String(line.prefix { $0 != "|" && $0 != ">" }))
            #expect(throws: Never.self, "\(line)") { _ = try KindlingCommand.parse(Array(words.dropFirst())) }
            count += 1
        }
        #expect(count > 30)
    }

    private let verbs = [
        "fit", "validate", "test", "predict", "generate", "tune", "check", "show", "diff", "schema", "components",
        "runs", "new", "doctor", "bench", "completions", "man",
    ]

    /// The words of a command, as a shell splits it.
    private func shellWords(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == " " {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
