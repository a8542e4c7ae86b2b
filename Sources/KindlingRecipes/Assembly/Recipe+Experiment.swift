// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension Recipe {
    /// Makes what the recipe describes.
    /// - Parameter additions: Components of a project's own.
    /// - Throws: `RecipeError` with every mistake at once: misspelt keys, wrong types, unknown components.
    public func experiment(additions: [ComponentCatalog] = []) throws(RecipeError) -> Experiment {
        let reader = RecipeReader(additions: additions)
        let made = read(by: reader)
        guard let made, reader.problems.isEmpty else {
            throw RecipeError(problems: reader.problems, sources: sources)
        }
        return made
    }

    /// What the recipe describes, or nil after reporting why nothing could be made of it.
    func read(by reader: RecipeReader) -> Experiment? {
        let made = Experiment.component.read(root, reader)
        if made == nil, reader.problems.isEmpty {
            // A reader that makes nothing has reported why; this is for a component that broke that rule.
            reader.report(at: root.origin, "nothing could be made of this recipe")
        }
        return made
    }
}

/// Reads recipes' files, lays them over each other, and makes what they describe.
///
/// Shows more at once than `loadRecipe` and `experiment` one after the other: mistakes of the language, such as a key
/// that is there twice, and mistakes of the contents.
///
/// - Parameters:
///   - paths: Files, each laid over those before it.
///   - profiles: Names of changes that the recipe keeps under `profiles`, in the order in which they are made.
///   - overrides: `trainer.max_epochs=3`, `callbacks+={type: EarlyStopping}`, `~loggers`; later ones win.
///   - additions: Components of a project's own.
///   - environment: What `${env:NAME}` stands for; the process's environment unless given.
/// - Throws: `RecipeError` with everything that is wrong.
public func loadExperiment(
    paths: [String], profiles: [String] = [], overrides: [String] = [], additions: [ComponentCatalog] = [],
    environment: (@Sendable (String) -> String?)? = nil
) throws(RecipeError) -> (recipe: Recipe, experiment: Experiment) {
    try RecipeLoading(.files(paths), profiles: profiles, overrides, environment ?? processEnvironment)
        .whole(additions: additions)
}
