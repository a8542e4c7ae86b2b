// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// The arguments that verbs over a recipe share.
struct RecipeArguments: ParsableArguments {
    @Argument(
        help: "The recipe, a YAML file; or a checkpoint or a run's folder, which have theirs.",
        completion: .file())
    var recipe: String

    @Argument(
        help: ArgumentHelp(
            "Changes to the recipe, and files to lay over it.",
            discussion: "trainer.max_epochs=3 sets, 'callbacks+={type: EarlyStopping}' appends, '~metrics' deletes."))
    var overrides: [String] = []

    @Option(help: "A profile of the recipe to take, once for each; later ones win.")
    var profile: [String] = []

    @Option(help: "Where data sets are looked for first.", completion: .directory)
    var dataDir: String?

    @Option(help: "Where runs keep their files.", completion: .directory)
    var runDir: String = "runs"

    @Option(help: "Where to compute: cpu, opencl:0; what the recipe says unless given.")
    var device: String?

    @Flag(help: "No progress bar, summary or table.")
    var quiet = false

    /// Where the recipe is.
    var place: RecipePlace {
        RecipePlace(recipe, others: overrides.filter(RecipePlace.isFile), profiles: profile)
    }

    /// The arguments that change values.
    var changes: [String] { overrides.filter { !RecipePlace.isFile($0) } }

    /// The recipe with its changes, and what it describes.
    /// - Parameter more: changes that go after those of the arguments.
    func load(_ more: [String] = []) throws -> (recipe: Recipe, experiment: Experiment) {
        let loading = try place.loading(changes + more)
        // Data modules note where to look for files when they are made.
        return try DataDirectories.with(commandLine: dataDir) {
            try loading.whole(additions: Session.components)
        }
    }

    /// The run's name: what the recipe says, else its file's name.
    func runName(_ experiment: Experiment) -> String {
        if let name = experiment.name { return name }
        // A run's folder stands in the folder of its name.
        if let above = place.runFolder?.split(separator: "/").dropLast().last { return String(above) }
        let file = Files.name(of: recipe)
        return file.split(separator: ".").first.map(String.init) ?? file
    }

    /// How to train, from the recipe and the arguments.
    func options(_ experiment: Experiment, recipe: Recipe) throws -> TrainerOptions {
        let device = try Device(named: device ?? experiment.trainer.device)
        var options = TrainerOptions(
            limit: experiment.trainer.limit, seed: UInt64(experiment.seed), precision: experiment.trainer.precision,
            strategy: SingleDevice(device), runDirectory: .new(in: runDir), runName: runName(experiment),
            recipe: recipe.resolvedText, console: console)
        options.clipping = experiment.trainer.clipping
        options.accumulation = experiment.trainer.accumulation
        options.sanityBatches = experiment.trainer.sanityBatches
        options.profiler = experiment.trainer.profiler
        options.loggingInterval = experiment.trainer.loggingInterval
        options.hyperparameters = RecipeLeaves(recipe.root).leaves.map { ($0.path, $0.value.shortText) }
        return options
    }

    func validate() throws {
        guard !runDir.isEmpty else {
            throw ValidationError("'--run-dir' is empty; leave it out for 'runs', or give a folder.")
        }
    }

    var console: Console { quiet ? .silent : Session.console }
}
