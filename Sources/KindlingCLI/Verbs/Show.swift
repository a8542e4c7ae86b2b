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
            comment after each value says the file and line, or the argument, that it comes from.
            """)

    @Argument(help: "A recipe, a checkpoint or a run's folder.")
    var recipe: String

    @Argument(help: "Changes to the recipe: key=value, key+=value, ~key.")
    var overrides: [String] = []

    @Flag(help: "Note after each value where it comes from.")
    var origins = false

    @Flag(help: "Print JSON, with origins by key when those are asked for.")
    var json = false

    func run() throws {
        let loaded = try RecipePlace(recipe).recipe(overrides)
        switch (json, origins) {
        case (false, false): Session.output(loaded.resolvedText)
        case (false, true): Session.print(OriginNotes(loaded.root).text)
        case (true, false): Session.print(JSON(loaded.root).text)
        case (true, true):
            let places = RecipeLeaves(loaded.root).leaves.map { (key: $0.path, value: JSON.text("\($0.value.origin)")) }
            Session.print(JSON.object([("recipe", JSON(loaded.root)), ("origins", .object(places))]).text)
        }
    }
}
