// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct RunsCompare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Set runs side by side: what their recipes differ in, and their figures.",
        discussion: """
            kindling runs compare runs/iris/2026-01-31T12-00-00 runs/iris/2026-01-31T12-05-00
            kindling runs compare mnist mnist_cnn --json

            A name stands for the newest run of it.
            """)

    @Argument(help: "Runs: folders, names, NAME/DATE or their beginnings.")
    var runs: [String]

    @OptionGroup var arguments: RunsArguments

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard runs.count > 1 else { throw ValidationError("There is nothing to compare one run with; name another.") }
    }

    func run() throws {
        let found = try runs.map { try arguments.library.find($0) }
        let recipes = try found.map { try $0.recipe()?.root ?? DeclaredValue(.mapping([]), at: .builtIn) }
        let differences = RecipeLeaves.differences(recipes)
        if json {
            let rows = differences.map { difference in
                let values = zip(found, difference.values).map { ($0.path, $1.map { JSON($0) } ?? .null) }
                return JSON.object([("key", .text(difference.path)), ("values", .object(values))])
            }
            Session.print(JSON.object([("runs", .list(found.map(\.json))), ("recipe", .list(rows))]).text)
            return
        }
        let titles = found.map(\.name)
        if differences.isEmpty {
            Session.print("Their recipes say the same.")
        } else {
            var table = Table(["Recipe"] + titles)
            for (path, values) in differences { table.add([path] + values.map { $0?.shortText ?? "–" }) }
            Session.print(table.text)
        }
        var table = Table(["Figures"] + titles, right: Set(1..<1 + titles.count))
        table.add(["epochs"] + found.map { String($0.epochs) })
        table.add(["seconds"] + found.map { readable($0.seconds) })
        for name in RunTable.figureNames(found) {
            // The best of a rate is nothing that anybody looks for.
            if name != "learning_rate" {
                table.add([name + ", best"] + found.map { $0[name]?.best.map { readable($0.value) } ?? "" })
            }
            table.add([name + ", last"] + found.map { $0[name]?.last.map { readable($0.value) } ?? "" })
        }
        Session.print("\n" + table.text)
    }
}
