// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Components: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what recipes can name, with fields, defaults and documentation.",
        discussion: """
            kindling components
            kindling components optimizer
            kindling components Adam

            Without a name the kinds are listed, with a kind its components, with a component its fields.
            """)

    @Argument(help: "A kind or a component; 'recipe' for the keys of a recipe.")
    var name: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let vocabulary = RecipeVocabulary(additions: Session.components)
        let pages = ComponentPages(vocabulary)
        guard let name else {
            Session.print(json ? JSON.list(vocabulary.kinds.map(\.json)).text : pages.kinds)
            return
        }
        if name == "recipe" {
            let fields = JSON.list(vocabulary.recipe.map(\.json))
            Session.print(json ? fields.text : pages.fields(vocabulary.recipe))
        } else if let kind = vocabulary.kind(name) ?? vocabulary.kind(String(name.dropLast())) {
            Session.print(json ? kind.json.text : pages.components(of: kind))
        } else {
            let found = vocabulary.components(named: name)
            guard !found.isEmpty else {
                let way = vocabulary.nearest(to: name).map { "did you mean '\($0)'?" }
                throw UsageError(
                    what: "there is no kind and no component '\(name)'",
                    remedy: way ?? "there are the kinds \(vocabulary.kinds.map(\.name).joined(separator: ", "))")
            }
            Session.print(json ? JSON.list(found.map(\.json)).text : found.map(pages.page).joined(separator: "\n\n"))
        }
    }
}
