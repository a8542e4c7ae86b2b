// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find what is wrong with recipes, without reading data.",
        discussion: """
            kindling check recipes/iris.yaml
            kindling check recipes/*.yaml optimizer.learning_rate=1e-2

            Every mistake is shown at once. Then the model is built on shapes alone, so that layers that do not fit
            each other are found before anything is read, and its table is printed. Exit status 2 when something is
            wrong.
            """)

    @Argument(help: "Recipes, checkpoints or runs' folders; and changes to all of them: key=value, key+=value, ~key.")
    var recipes: [String]

    @Option(help: "Where data sets are looked for first.")
    var dataDir: String?

    @Flag(help: "No tables.")
    var quiet = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let overrides = recipes.filter(Check.isOverride)
        let paths = recipes.filter { !Check.isOverride($0) }
        guard !paths.isEmpty else { throw UsageError(what: "there is no recipe to check", remedy: "name one") }
        var results: [JSON] = []
        var isSound = true
        for path in paths {
            let checked = CheckedRecipe(path, overrides, dataDirectory: dataDir)
            isSound = isSound && checked.problems.isEmpty
            if json {
                results.append(checked.json)
            } else {
                show(checked)
            }
        }
        if json { Session.print(JSON.list(results).text) }
        if !isSound { throw Failure.Reported(status: 2) }
    }

    private func show(_ checked: CheckedRecipe) {
        if let failure = checked.failure {
            _ = Failure.report(failure)
        } else if let model = checked.model {
            if !quiet { Session.print(model.table) }
            Session.print("\(checked.path): no mistakes; \(model.sums)")
        } else {
            Session.print("\(checked.path): no mistakes, but \(checked.note ?? "the model was not built")")
        }
    }

    /// A change, unless there is a file of this name.
    private static func isOverride(_ argument: String) -> Bool {
        (argument.hasPrefix("~") || argument.contains("=")) && Files.kind(argument) == nil
    }
}
