// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a recipe with everything put in.",
        discussion: """
            kindling show recipes/mnist_cnn.yaml
            kindling show recipes/mnist_cnn.yaml trainer.max_epochs=3 --origins

            What it extends, changes and references are put in; what comes out is a recipe again. With --origins a
            comment after each value says the file and line, the profile or the argument that it comes from; with
            --defaults what nobody wrote is there as well.
            """)

    @Argument(help: "A recipe, a checkpoint or a run's folder.")
    var recipe: String

    @Argument(help: "Changes to the recipe: key=value, key+=value, ~key.")
    var overrides: [String] = []

    @Option(help: "A profile of the recipe to take, once for each; later ones win.")
    var profile: [String] = []

    @Flag(help: "Write out every default.")
    var defaults = false

    @Flag(help: "Note after each value where it comes from.")
    var origins = false

    @Flag(help: "Print JSON, with origins by key when those are asked for.")
    var json = false

    func run() throws {
        let files = overrides.filter(RecipePlace.isFile)
        let changes = overrides.filter { !RecipePlace.isFile($0) }
        let loaded = try RecipePlace(recipe, others: files, profiles: profile).recipe(changes)
        let root = defaults ? loaded.completed(additions: Session.components) : loaded.root
        func place(_ value: DeclaredValue) -> String { "\(loaded.source(of: value.origin))" }
        switch (json, origins) {
        case (false, false): Session.output(loaded.text(of: root))
        case (false, true): Session.print(OriginNotes(root) { "\(loaded.source(of: $0))" }.text)
        case (true, false): Session.print(JSON(root).text)
        case (true, true):
            let places = RecipeLeaves(root).leaves.map { (key: $0.path, value: JSON.text(place($0.value))) }
            Session.print(JSON.object([("recipe", JSON(root)), ("origins", .object(places))]).text)
        }
    }
}
