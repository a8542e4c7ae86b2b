// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// The arguments that verbs over a trained model share.
struct EvaluationArguments: ParsableArguments {
    @OptionGroup var arguments: RecipeArguments

    @Option(help: "Whose weights: best, last, or a path. The checkpoint itself when one was given.")
    var checkpoint: String = "best"

    struct Prepared {
        let trainer: Trainer
        let experiment: Experiment
        let checkpoint: Checkpoint
    }

    func prepare() throws -> Prepared {
        let place = arguments.place
        let given = try place.checkpoint()
        let (recipe, experiment) = try arguments.load()
        let options = try arguments.options(experiment, recipe: recipe)
        let folders = RunFolders(base: arguments.runDir, name: arguments.runName(experiment))
        let own = place.kind == .run ? place.runFolder : nil
        let weights = try given ?? Checkpoint(path: folders.checkpoint(checkpoint, of: own))
        return Prepared(
            trainer: Trainer(limit: options.limit, options: options), experiment: experiment, checkpoint: weights)
    }

    /// Prints figures as a table, on standard output: they are the result.
    func show(_ result: EvaluationResult, of checkpoint: Checkpoint, asJSON: Bool) {
        if asJSON {
            let metrics = result.metrics.map { (key: $0.name, value: JSON.number($0.value)) }
            let whole = JSON.object([
                ("stage", .text(result.stage.rawValue)), ("metrics", .object(metrics)),
                ("samples", .integer(result.sampleCount)), ("seconds", .number(result.seconds)),
                ("checkpoint", .text(checkpoint.path)),
            ])
            Session.print(whole.text)
            return
        }
        var table = Table(["Metric", "Value"], right: [1])
        for (name, value) in result.metrics { table.add(name, readable(value)) }
        Session.print(table.text)
        Session.print(
            "\(grouped(result.sampleCount)) \(result.stage.rawValue) samples in \(readable(result.seconds)) s, "
                + "weights of \(checkpoint.path)")
    }
}
