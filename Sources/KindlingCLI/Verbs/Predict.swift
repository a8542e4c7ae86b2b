// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Predict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a trained model's outputs as CSV.",
        discussion: """
            kindling predict recipes/iris.yaml --output predictions.csv
            kindling predict recipes/iris.yaml --checkpoint last

            A row for each sample: its number, the predicted class and every class's probability where the data has
            classes, else every output.
            """)

    @OptionGroup var evaluation: EvaluationArguments

    @Option(name: [.short, .long], help: "The file to write; standard output when not given, or -.")
    var output: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @Flag(help: "Write a JSON object a line instead.")
    var json = false

    func run() async throws {
        let output = output == "-" ? nil : output
        if let output { try PredictionFile.checkFolder(of: output) }
        if let output, !force, PredictionFile.exists(output) {
            throw UsageError(what: "'\(output)' is there already", remedy: "choose another name, or --force")
        }
        let prepared = try evaluation.prepare()
        var file = PredictionFile(classNames: prepared.experiment.data.info.classNames, asJSON: json)
        try await prepared.trainer.predict(
            prepared.experiment.module, data: prepared.experiment.data, weights: prepared.checkpoint
        ) { try file.add($0) }
        if let output {
            try AtomicFile.write(Array(file.text.utf8), to: output)
            evaluation.arguments.console.print("\(grouped(file.rowCount)) rows in \(output)")
        } else {
            Session.output(file.text)
        }
    }
}
