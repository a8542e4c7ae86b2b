// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// A recipe held against everything that can be known without reading data.
struct CheckedRecipe {
    let path: String
    /// What is wrong, as one error that shows everything; nil when nothing is.
    private(set) var failure: (any Error)?
    /// The model's table, when the recipe is sound and the shapes of the data are known.
    private(set) var model: ModelTable?
    /// Why not everything could be checked.
    private(set) var note: String?

    init(_ path: String, _ overrides: [String], dataDirectory: String?) {
        self.path = path
        do {
            let loading = try RecipePlace(path).loading(overrides)
            let checked = try DataDirectories.with(commandLine: dataDirectory) {
                try loading.checked(additions: Session.components)
            }
            model = checked.summary.map { ModelTable($0) }
            note = checked.note
        } catch { failure = error }
    }

    /// The mistakes one by one.
    var problems: [JSON] {
        switch failure {
        case nil: []
        case let recipe as RecipeError:
            recipe.problems.map { problem in
                .object([
                    ("file", .text(problem.origin.source)), ("line", .integer(problem.origin.line)),
                    ("column", .integer(problem.origin.column)), ("message", .text(problem.message)),
                ])
            }
        case .some(let error): [.object([("file", .text(path)), ("message", .text("\(error)"))])]
        }
    }

    var json: JSON {
        .object([
            ("recipe", .text(path)), ("errors", .list(problems)), ("model", model?.json ?? .null),
            ("note", note.map { .text($0) } ?? .null),
        ])
    }
}
