// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// A recipe held against everything that can be known without reading data.
struct CheckedRecipe {
    let path: String
    /// What is wrong, as one error that shows everything; nil when nothing is.
    private(set) var failure: (any Error)?
    /// The model's table, when the recipe is sound.
    private(set) var model: ModelTable?

    init(_ path: String, _ overrides: [String], dataDirectory: String?) {
        self.path = path
        do {
            let experiment = try CheckedRecipe.experiment(RecipePlace(path), overrides, dataDirectory)
            do { model = try ModelTable(experiment) } catch {
                throw CheckFailure(path: path, what: "\(error)")
            }
        } catch { failure = error }
    }

    /// What the recipe describes; mistakes of the text and of what is made from it come together.
    private static func experiment(
        _ place: RecipePlace, _ overrides: [String], _ dataDirectory: String?
    ) throws -> Experiment {
        let loading = try place.loading(overrides)
        guard let recipe = loading.recipe else {
            throw RecipeError(problems: loading.problems, sources: loading.sources)
        }
        let reader = RecipeReader(additions: Session.components)
        let experiment = DataDirectories.with(commandLine: dataDirectory) {
            Experiment.component.read(recipe.root, reader)
        }
        let problems = loading.problems + reader.problems
        guard problems.isEmpty, let experiment else {
            throw RecipeError(problems: problems, sources: loading.sources)
        }
        return experiment
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
        .object([("recipe", .text(path)), ("errors", .list(problems)), ("model", model?.json ?? .null)])
    }
}

/// A model that cannot be built, or whose layers do not fit each other.
struct CheckFailure: Error, CustomStringConvertible {
    let path: String
    let what: String

    var description: String { "\(path): \(what)" }
}
