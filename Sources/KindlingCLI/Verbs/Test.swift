// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a trained model on the test split.",
        discussion: """
            kindling test recipes/mnist.yaml
            kindling test runs/mnist/2026-01-31T12-00-00/checkpoints/best.h5
            """)

    @OptionGroup var evaluation: EvaluationArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let prepared = try evaluation.prepare()
        let result = try await prepared.trainer.test(
            prepared.experiment.module, data: prepared.experiment.data, weights: prepared.checkpoint)
        evaluation.show(result, of: prepared.checkpoint, asJSON: json)
    }
}
