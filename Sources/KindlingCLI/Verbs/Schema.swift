// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of recipes, for editors.",
        discussion: """
            kindling schema > kindling.schema.json
            echo '# yaml-language-server: $schema=kindling.schema.json' > recipe.yaml

            Editors with a YAML language server complete keys and show documentation and mistakes by it. A project's
            own program prints the schema with the project's own components.
            """)

    func run() throws { Session.output(RecipeSchema(additions: Session.components).text) }
}
