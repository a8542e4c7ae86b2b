// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show in which values two recipes differ.",
        discussion: """
            kindling diff recipes/mnist.yaml recipes/mnist_cnn.yaml
            kindling diff recipes/iris.yaml runs/iris/2026-01-31T12-00-00

            Both are compared with everything put in, so the order of keys, quotes and comments do not count. Either
            may be a checkpoint or a run's folder, which have the recipe that they were made with.
            """)

    @Argument(help: "A recipe, a checkpoint or a run's folder.")
    var first: String

    @Argument(help: "Another one.")
    var second: String

    @Flag(help: "Exit with 1 when they differ.")
    var exitCode = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let recipes = try [first, second].map { try RecipePlace($0).recipe().root }
        let differences = RecipeLeaves.differences(recipes)
        if json {
            let rows = differences.map { difference in
                JSON.object([
                    ("key", .text(difference.path)), ("first", difference.values[0].map { JSON($0) } ?? .null),
                    ("second", difference.values[1].map { JSON($0) } ?? .null),
                ])
            }
            Session.print(JSON.list(rows).text)
        } else if differences.isEmpty {
            Session.print("They say the same.")
        } else {
            var table = Table(["Key", first, second])
            for (path, values) in differences { table.add([path] + values.map { $0?.shortText ?? "–" }) }
            Session.print(table.text)
        }
        if exitCode, !differences.isEmpty { throw Failure.Reported(status: 1) }
    }
}
