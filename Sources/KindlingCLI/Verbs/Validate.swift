// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a trained model on the validation split.",
        discussion: """
            kindling validate recipes/iris.yaml
            kindling validate recipes/iris.yaml --checkpoint last
            """)

    @OptionGroup var evaluation: EvaluationArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let prepared = try evaluation.prepare()
        let result = try await prepared.trainer.validate(
            prepared.experiment.module, data: prepared.experiment.data, weights: prepared.checkpoint)
        evaluation.show(result, of: prepared.checkpoint, asJSON: json)
    }
}
